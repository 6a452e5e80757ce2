using System.CommandLine;
using Spectre.Console;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Doctor;

/// <summary><c>doctor</c>: is everything in order, and what to do where it is not.</summary>
internal static class DoctorCommand
{
    public static Command Create() =>
        new HandledCommand("doctor", "Check settings, store, sources, clock and disk.", async (_, session, cancellationToken) =>
        {
            var checks = await new Examination(session.Settings, session.Time).RunAsync(cancellationToken);
            var worst = checks.Max(check => check.Status);
            var made = Domains
                .Settings.Select(setting => new
                {
                    setting.Name,
                    Value = session.Settings.Find(setting.Name),
                    Origin = session.Settings.FindOrigin(setting.Name),
                })
                .Where(setting => setting.Value is not null)
                .Select(setting => new
                {
                    setting.Name,
                    Value = Shown(setting.Name, setting.Value!),
                    setting.Origin,
                })
                .ToList();
            return new CommandResult(
                new
                {
                    Status = worst,
                    Checks = checks,
                    Settings = made,
                },
                printer =>
                {
                    foreach (var check in checks)
                    {
                        Write(printer.Console, check, checks.Max(c => c.Name.Length));
                    }

                    if (made.Count > 0)
                    {
                        printer.Line();
                        printer.Table(
                            ["setting", "value", "from"],
                            made.Select(setting => (IReadOnlyList<object?>)[setting.Name, setting.Value, setting.Origin])
                        );
                    }
                },
                worst == Verdict.Problem ? 1 : 0
            );
        }) { IsReadOnly = true };

    private static string Shown(string name, string value) => name == SettingNames.DatabasePassword ? "***" : Masking.Mask(value);

    private static void Write(IAnsiConsole console, Check check, int width)
    {
        var colour = check.Status switch
        {
            Verdict.Ok => "green",
            Verdict.Warning => "yellow",
            _ => "red",
        };
        var start = $"{check.Status.ToString().ToLowerInvariant(), -9}{check.Name.PadRight(width)}  ";
        var text = check.Remedy is null ? check.Detail : $"{check.Detail} → {check.Remedy}";
        console.Markup($"[{colour}]{start[..9]}[/]{Markup.Escape(start[9..])}");
        console.Lines(Words.Wrap(text.ReplaceLineEndings(" "), Math.Max(console.Profile.Width - start.Length, 20)), start.Length);
    }
}
