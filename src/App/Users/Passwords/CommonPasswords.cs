using System.Collections.Frozen;
using System.IO.Compression;

namespace Tradepost.App.Users.Passwords;

/// <summary>
/// The 10,000 passwords that are used most, in lower case: from zxcvbn-ts (language-common 3.0.4, MIT; its licence stands beside the list).
/// </summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    public static int Count => All.Value.Count;

    public static IReadOnlyCollection<string> List => All.Value;

    public static bool Contains(ReadOnlySpan<char> password) => All.Value.GetAlternateLookup<ReadOnlySpan<char>>().Contains(password);

    private static FrozenSet<string> Read()
    {
        // Embedded by the project.
        using var packed = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt.gz")!;
        using var text = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
