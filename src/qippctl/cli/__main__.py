from qippctl.cli.app import main

main()
