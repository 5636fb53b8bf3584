import MillwrightCommands

await Millwright.start()
