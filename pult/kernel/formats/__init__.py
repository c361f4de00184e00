"""Date formats that differ from the framework's own, by language (`FORMAT_MODULE_PATH`)."""
