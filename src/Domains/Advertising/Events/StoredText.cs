using System.Text.Json;

namespace Tradepost.Advertising.Events;

/// <summary>JSON that every store takes: its texts are whole Unicode, and have no U+0000.</summary>
internal static class StoredText
{
    /// <summary>A value's JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="EventProblemException">A text in it is none.</exception>
    public static string Of(JsonElement value, string place) =>
        IsWhole(value)
            ? value.GetRawText()
            : throw new EventProblemException(place, $"{place} has a text with U+0000, or with half a character.");

    private static bool IsWhole(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => !value.GetString()!.Contains('\0', StringComparison.Ordinal),
                JsonValueKind.Array => value.EnumerateArray().All(IsWhole),
                JsonValueKind.Object => value
                    .EnumerateObject()
                    .All(property => !property.Name.Contains('\0', StringComparison.Ordinal) && IsWhole(property.Value)),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false; // System.Text.Json reads half a character as none
        }
    }
}
