using Tradepost.App.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System);
