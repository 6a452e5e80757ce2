using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Connections;

/// <summary>A setting cannot be used: which one, what it held (passwords masked) and what is allowed.</summary>
public sealed class ConfigurationException : ForeseenException
{
    public ConfigurationException(string setting, string message, Exception? inner = null)
        : base(FailureKind.WrongSetting, $"{setting}: {message}", inner)
    {
        Setting = setting;
    }

    /// <summary>The name of the setting at fault, such as <c>DATABASE_URL</c>.</summary>
    public string Setting { get; }

    public override IReadOnlyDictionary<string, object>? Details => DetailsOf(("setting", Setting));

    internal static ConfigurationException NotAllowed(string setting, string held, string allowed) =>
        new(setting, $"\"{Masking.Mask(held)}\" cannot be used; allowed is {allowed}.");
}
