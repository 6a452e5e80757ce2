using System.Text.RegularExpressions;

namespace Tradepost.Storage.Connections;

/// <summary>Takes the passwords of the settings out of any text, wherever a driver or the system put them.</summary>
public sealed partial class Redaction
{
    private const string Stars = "***";
    private const int ShortestSecret = 4; // shorter ones would tear holes into ordinary words

    private readonly IReadOnlyList<string> secrets;

    private Redaction(IReadOnlyList<string> secrets) => this.secrets = secrets;

    public static Redaction Of(Settings? settings)
    {
        if (settings is null)
        {
            return new Redaction([]);
        }

        // Whatever its name: a domain's settings have passwords too.
        var values = settings.Sources.SelectMany(source => source.Values);
        var found = values.SelectMany(setting => setting.Key == SettingNames.DatabasePassword ? [setting.Value] : SecretsIn(setting.Value));
        return new Redaction([
            .. found.Where(secret => secret.Length >= ShortestSecret).Distinct().OrderByDescending(secret => secret.Length),
        ]);
    }

    public string Clean(string text) =>
        secrets.Aggregate(text, (current, secret) => current.Replace(secret, Stars, StringComparison.Ordinal));

    private static IEnumerable<string> SecretsIn(string address) =>
        Secret()
            .Matches(address)
            .SelectMany(match => new[] { match.Groups["secret"].Value, Uri.UnescapeDataString(match.Groups["secret"].Value) });

    [GeneratedRegex(
        @"(://[^:/@]*:(?<secret>.+)@)|((password|pwd|sslpassword)\s*=\s*[""']?(?<secret>[^;&""']+))",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Secret();
}
