namespace Tradepost.App.Cli.Doctor;

internal enum Verdict
{
    Ok,
    Warning,
    Problem,
}
