using Tradepost.Storage.Files;

namespace Tradepost.App.Tables;

/// <summary>How a file was understood, in words: "semicolon, decimal comma, day.month.year".</summary>
internal sealed class ReadAs(TextEncoding encoding, Delimiter delimiter)
{
    private readonly List<string> times = [];

    public DecimalSign? Decimal { get; set; }

    public void Add(TimeSurvey survey, TableForm form)
    {
        if (survey.Found.Count > 2)
        {
            return; // there was no row
        }

        var said =
            survey.Found[0].Name
            + (
                !survey.HasOffsets ? ""
                : form.IsUtc ? ", times moved to UTC"
                : ", times on the clock of their offsets"
            );
        if (!times.Contains(said))
        {
            times.Add(said);
        }
    }

    public override string ToString() =>
        string.Join(
            ", ",
            [
                .. encoding == TextEncoding.Utf8 ? (string[])[] : [encoding.Name],
                delimiter.Name,
                .. Decimal is null ? (string[])[] : [$"decimal {Decimal.Name}"],
                .. times,
            ]
        );
}
