namespace Tradepost.Storage.Connections;

/// <summary>A setting cannot be used: which one, what it held (passwords masked) and what is allowed.</summary>
public sealed class ConfigurationException : Exception
{
    public ConfigurationException(string setting, string message, Exception? inner = null)
        : base($"{setting}: {message}", inner)
    {
        Setting = setting;
    }

    /// <summary>The name of the setting at fault, such as <c>DATABASE_URL</c>.</summary>
    public string Setting { get; }

    internal static ConfigurationException NotAllowed(string setting, string held, string allowed) =>
        new(setting, $"\"{Masking.Mask(held)}\" cannot be used; allowed is {allowed}.");
}
