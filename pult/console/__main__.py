from pult.console.main import main

main()
