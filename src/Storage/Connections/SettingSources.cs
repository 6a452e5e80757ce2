namespace Tradepost.Storage.Connections;

/// <summary>
/// Where settings are read from, so that nothing global is touched: command-line values and environment by setting name,
/// the folder of <c>.env</c> and <c>appsettings.json</c>, and how a file is read (null when there is none).
/// </summary>
public sealed record SettingSources(
    IReadOnlyDictionary<string, string> CommandLine,
    IReadOnlyDictionary<string, string> Environment,
    string Folder,
    Func<string, string?> ReadFile
)
{
    /// <summary>What <c>${NAME}</c> in <c>.env</c> stands for.</summary>
    public Func<string, string?> Variable { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>This process's environment, as far as it holds settings, and the files of a folder.</summary>
    public static SettingSources OfProcess(
        string folder,
        IReadOnlyList<Setting> known,
        IReadOnlyDictionary<string, string>? commandLine = null
    ) =>
        new(
            commandLine ?? new Dictionary<string, string>(StringComparer.Ordinal),
            known
                .Select(setting => KeyValuePair.Create(setting.Name, System.Environment.GetEnvironmentVariable(setting.Name)))
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal),
            folder,
            path => File.Exists(path) ? File.ReadAllText(path) : null
        );
}
