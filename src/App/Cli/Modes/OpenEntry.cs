namespace Tradepost.App.Cli.Modes;

/// <summary>A file or folder whose mode gives rights to other users of the machine.</summary>
internal sealed record OpenEntry(string Path, UnixFileMode Mode)
{
    /// <summary>As <c>chmod</c> and <c>stat</c> spell it: 0644.</summary>
    public string Octal => "0" + Convert.ToString((int)Mode, toBase: 8).PadLeft(3, '0');
}
