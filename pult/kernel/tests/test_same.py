from pult.kernel.same import Same


def test_a_value_is_the_same_as_itself_alone():
    one, alike = [1], [1]
    kept = {Same(one): "kept"}
    assert kept[Same(one)] == "kept"
    assert Same(alike) not in kept
    assert Same(one) != one
