namespace Tradepost.Storage.Sources;

/// <summary>Messages that quote a source's value, fit to be kept and printed: one line, not too long, no control characters.</summary>
internal static class Shown
{
    private const int Longest = 200;

    public static string Of(string message)
    {
        var text = message.Length <= Longest ? message : $"{message[..(Longest - (char.IsHighSurrogate(message[Longest - 1]) ? 1 : 0))]}…";
        return string.Create(text.Length, text, static (target, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) ? '\ufffd' : source[i];
            }
        });
    }
}
