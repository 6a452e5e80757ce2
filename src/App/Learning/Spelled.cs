using System.Text;

namespace Tradepost.App.Learning;

/// <summary>When two texts are one word that is written in two ways.</summary>
internal static class Spelled
{
    /// <summary>The same for texts that differ in upper case, blanks, or the way an accent is composed.</summary>
    public static string Key(string text) =>
        string.Join(
            ' ',
            text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );
}
