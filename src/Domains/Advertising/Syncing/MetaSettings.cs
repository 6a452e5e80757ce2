using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Syncing;

/// <summary>Whom the Marketing API is asked as, and where.</summary>
/// <param name="Token">Says who asks; it goes into a header only.</param>
/// <param name="Accounts">Ad accounts, as <c>act_1234</c>.</param>
/// <param name="Address">Of the API with its version, with a slash at its end.</param>
/// <param name="Conversion">The kind of action that counts as a conversion.</param>
internal sealed record MetaSettings(string Token, IReadOnlyList<string> Accounts, Uri Address, string Conversion)
{
    private const string TokenName = "META_ACCESS_TOKEN";
    private const string AccountsName = "META_ACCOUNTS";
    private const string AddressName = "META_API_URL";
    private const string VersionName = "META_API_VERSION";
    private const string ConversionName = "META_CONVERSION";
    private const string UsualAddress = "https://graph.facebook.com";
    private const string UsualVersion = "v24.0";
    private const string UsualConversion = "purchase";

    public static IReadOnlyList<Setting> All { get; } =
    [
        new(
            TokenName,
            "the Marketing API's access token of a system user with ads_read, and ads_management where campaigns are changed",
            "EAAB…"
        ),
        new(AccountsName, "ad accounts that `ads sync` reads, and whose campaigns may be changed", "act_1234,act_5678")
        {
            Check = settings => AccountsOf(settings),
        },
        new(AddressName, $"where the Marketing API is; by default {UsualAddress}", "http://localhost:8091")
        {
            Check = settings => AddressOf(settings),
        },
        new(VersionName, $"the API's version; by default {UsualVersion}", UsualVersion) { Check = settings => AddressOf(settings) },
        new(ConversionName, $"the kind of action that counts as a conversion; by default {UsualConversion}", UsualConversion),
    ];

    /// <summary>Whether there is a token.</summary>
    public static bool IsGiven(Settings settings) => settings.Find(TokenName) is { Length: > 0 };

    /// <summary>The settings of whoever asks the API.</summary>
    /// <exception cref="ConfigurationException">One is missing, or is none.</exception>
    public static MetaSettings Of(Settings settings)
    {
        var accounts = AccountsOf(settings);
        return settings.Find(TokenName) is { Length: > 0 } token && accounts.Count > 0
            ? new MetaSettings(token, accounts, AddressOf(settings), settings.Find(ConversionName) ?? UsualConversion)
            : throw new ConfigurationException(
                TokenName,
                $"it and {AccountsName} say whose campaigns are read; set both, the second as act_1234,act_5678."
            );
    }

    private static List<string> AccountsOf(Settings settings)
    {
        var accounts = (settings.Find(AccountsName) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(account => account.StartsWith("act_", StringComparison.Ordinal) ? account : $"act_{account}")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return accounts.Find(account => account.Length == 4 || !account[4..].All(char.IsAsciiDigit)) is { } wrong
            ? throw new ConfigurationException(
                AccountsName,
                $"'{wrong}' is no ad account; expected are numbers of ad accounts, as act_1234."
            )
            : accounts;
    }

    private static Uri AddressOf(Settings settings)
    {
        var (text, version) = (settings.Find(AddressName) ?? UsualAddress, settings.Find(VersionName) ?? UsualVersion);
        return
            Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && address is { Scheme: "http" or "https", Query.Length: 0, UserInfo.Length: 0 }
            && (address.Scheme == "https" || address.IsLoopback)
            ? Uri.TryCreate(address, version.Trim('/') + "/", out var versioned)
                ? versioned
                : throw new ConfigurationException(VersionName, $"'{version}' is no version; expected is one such as {UsualVersion}.")
            : throw new ConfigurationException(
                AddressName,
                "expected is an https address, or an http one of this machine: the token would go to another one readable by everybody."
            );
    }
}
