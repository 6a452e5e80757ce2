using Tradepost.App.Cli;
using Tradepost.App.Cli.Modes;
using Tradepost.Serving.Commands;

Umask.Restrict(); // before anything can be created
return await CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System);
