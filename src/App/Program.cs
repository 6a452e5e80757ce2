using Tradepost.App;
using Tradepost.App.Modes;
using Tradepost.Serving.Commands;

Umask.Restrict(); // before anything can be created
return await CommandLine.RunAsync(args, Terminal.OfProcess(), TimeProvider.System);
