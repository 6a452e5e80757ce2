using Tradepost.Arguments;

namespace Tradepost.Marketplace.Sales;

/// <summary>How reasons are spelled in tables and files: as in JSON.</summary>
internal static class Reasons
{
    private static readonly string[] Names = [.. Enum.GetValues<SalesReason>().Select(reason => Spelling.Snake(reason.ToString()))];

    public static string Name(SalesReason reason) => Names[(int)reason];

    public static SalesReason Parse(string name) => (SalesReason)Array.IndexOf(Names, name);
}
