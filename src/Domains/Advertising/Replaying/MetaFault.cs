using System.Globalization;

namespace Tradepost.Advertising.Replaying;

/// <summary>What goes wrong at the replay server, and when.</summary>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Request">The first request that it comes at, counted from 1.</param>
/// <param name="Times">How many requests it comes at.</param>
/// <param name="Code">Of an error.</param>
/// <param name="Subcode">Of an error; 0 without.</param>
internal sealed record MetaFault(string Kind, long Request, int Times, int Code, int Subcode)
{
    public const string Error = "code";
    public const string Cut = "cut";
    public const string NoJson = "no-json";
    public const string Closed = "close";
    public const string TooMuch = "too-much";
    public const string Used = "usage";
    public const string FailedReport = "report-fails";
    public const string SkippedReport = "report-is-skipped";

    /// <summary>The kinds, as a person writes them.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    ["code-CODE", "code-CODE/SUBCODE", "usage-PERCENT", Cut, NoJson, Closed, TooMuch, FailedReport, SkippedReport];

    /// <summary>A fault as <c>KIND@REQUEST</c> or <c>KIND@REQUESTxTIMES</c>; null where the text is none.</summary>
    public static MetaFault? Parse(string text)
    {
        if (text.Split('@') is not [var what, var when] || when.Split('x') is not [var first, .. var rest] || rest.Length > 1)
        {
            return null;
        }

        if (!TryNumber(first, out var request) || request < 1)
        {
            return null;
        }

        var times = 1;
        if (rest.Length == 1 && (!TryNumber(rest[0], out times) || times < 1))
        {
            return null;
        }

        return what.Split('-', 2) switch
        {
            [Error, var number] when number.Split('/') is [var code, .. var more] && more.Length <= 1 => TryNumber(code, out var said)
            && TryNumber(more.Length == 1 ? more[0] : "0", out var subcode)
                ? new MetaFault(Error, request, times, said, subcode)
                : null,
            [Used, var percent] when TryNumber(percent, out var used) && used <= 100 => new MetaFault(Used, request, times, used, 0),
            _ when what is Cut or NoJson or Closed or TooMuch or FailedReport or SkippedReport => new MetaFault(what, request, times, 0, 0),
            _ => null,
        };
    }

    /// <summary>Whether it comes at a request.</summary>
    public bool IsAt(long request) => request >= Request && request < Request + Times;

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
