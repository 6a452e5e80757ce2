using System.CommandLine;
using System.ComponentModel;
using Tradepost.App.Listening;
using Tradepost.Serving;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Demo;

/// <summary><c>demo</c>: what each domain does with sample data, and a server over them.</summary>
internal static class DemoCommand
{
    private static readonly string[] StoreSettings =
    [
        SettingNames.DatabaseUrl,
        SettingNames.DatabaseUrlDirect,
        SettingNames.DatabaseHost,
        SettingNames.DatabasePort,
        SettingNames.DatabaseName,
        SettingNames.DatabaseUser,
        SettingNames.DatabasePassword,
        SettingNames.DatabaseSslMode,
        SettingNames.DatabasePoolSize,
    ];

    public static Command Create() =>
        HandledCommand.Of<DemoOptions>(
            "demo",
            "Show what Tradepost does, on sample data, and serve the page.",
            async (options, session, cancellationToken) =>
            {
                var demo = session with { Settings = SettingsFor(session) };
                var result = await LoadAsync(demo, session, cancellationToken);
                if (!options.Once)
                {
                    session.Show(result);
                    await DemoServer.RunAsync(demo, opensBrowser: !options.NoBrowser, cancellationToken);
                }

                return result;
            }
        );

    private static async Task<CommandResult> LoadAsync(Session demo, Session session, CancellationToken cancellationToken)
    {
        var started = session.Time.GetTimestamp();
        var report = new Dictionary<string, object>
        {
            ["status"] = "succeeded",
            ["data"] = demo.Settings.DataFolder,
            ["store"] = demo.Settings.Store.Description,
        };
        var loaded = new List<DemoResult>();
        foreach (var domain in Domains.All)
        {
            if (domain.Demo.Load is { } load)
            {
                loaded.Add(await load(demo, cancellationToken));
                report[domain.Name] = loaded[^1].Value;
            }
        }

        var seconds = session.Time.GetElapsedTime(started).TotalSeconds;
        report["seconds"] = seconds;
        return new CommandResult(report, printer => Print(printer, session, demo, loaded, seconds));
    }

    /// <summary>
    /// A folder of its own, the store that is configured, and never a configured source: samples are not written into that.
    /// </summary>
    private static Settings SettingsFor(Session session)
    {
        var settings = session.Settings;
        var values = StoreSettings
            .Select(name => KeyValuePair.Create(name, settings.Find(name)))
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!);
        if (settings.Find(SettingNames.Urls) is { } urls)
        {
            values[SettingNames.Urls] = urls;
        }

        values[SettingNames.Data] = Path.Combine(settings.DataFolder, "demo");
        return Settings.Load(new SettingSources(values, new Dictionary<string, string>(), session.Terminal.Folder, _ => null));
    }

    private static void Print(Printer printer, Session session, Session demo, IReadOnlyList<DemoResult> loaded, double seconds)
    {
        foreach (var result in loaded)
        {
            result.Print(printer);
        }

        printer.Line($"That took {seconds:0.0} seconds. To look further:");
        foreach (var command in loaded.SelectMany(result => result.Further))
        {
            printer.Line($"  ./tradepost {command}");
        }

        var data = Path.GetRelativePath(session.Terminal.Folder, demo.Settings.DataFolder);
        var address = Listener.Parse(SettingNames.Urls, session.Settings.Find(SettingNames.Urls) ?? Listener.Default)[0];
        printer.Line(
            $"  ./tradepost serve --data {data}    the page and the HTTP API, described at {DemoServer.ByName($"{address}")}/docs"
        );
    }
}

internal sealed record DemoOptions
{
    [Description("End when the sample data are loaded; serve no page")]
    public bool Once { get; init; }

    [Description("Do not open a browser")]
    public bool NoBrowser { get; init; }
}
