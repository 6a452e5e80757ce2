using System.Globalization;
using Tradepost.Learning.Anomalies;

namespace Tradepost.App.Cli.Learning;

/// <summary>The files that <c>detect</c> leaves.</summary>
internal static class DetectFiles
{
    public static void Write(DetectRequest request, CsvTable table, Detection[] detections)
    {
        if (request.Out is { } csv)
        {
            WriteRows(csv, table.Texts(request.Time), table.Texts(request.Value), detections);
        }

        if (request.Plot is { } svg)
        {
            File.WriteAllText(svg, DetectPlot.Draw(Path.GetFileName(request.File), detections));
        }
    }

    /// <summary>Times and values stay as they are written in the file.</summary>
    private static void WriteRows(string path, string[] times, string[] values, Detection[] detections)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("timestamp,value,anomaly_score,lower,upper,reason");
        for (var row = 0; row < detections.Length; row++)
        {
            var detection = detections[row];
            writer.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{CsvCell.Of(times[row])},{CsvCell.Of(values[row])},{detection.Score:R},{Number(detection.Lower)},{Number(detection.Upper)},{CsvCell.Of(detection.Reason)}"
                )
            );
        }
    }

    private static string Number(double number) => double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture);
}
