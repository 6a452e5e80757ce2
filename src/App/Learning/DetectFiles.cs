using Tradepost.App.Tables;
using Tradepost.Learning.Anomalies;

namespace Tradepost.App.Learning;

/// <summary>The files that <c>detect</c> leaves.</summary>
internal static class DetectFiles
{
    /// <summary>Writes those that were asked for.</summary>
    /// <param name="inOrder">The detections in the order of the file.</param>
    /// <param name="inTime">The same, oldest first.</param>
    public static void Write(
        DetectRequest request,
        CsvTable table,
        Detection[] inOrder,
        Detection[] inTime,
        CancellationToken cancellationToken
    )
    {
        var files = new OutputFiles();
        files.Add(request.Out, stream => WriteRows(stream, table.Texts(request.Time), table.Texts(request.Value), inOrder));
        files.Add(request.Plot, () => DetectPlot.Draw(Path.GetFileName(request.File), inTime));
        files.Write(cancellationToken);
    }

    /// <summary>Times and values stay as they are written in the file.</summary>
    private static void WriteRows(Stream stream, string[] times, string[] values, Detection[] detections)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("timestamp,value,anomaly_score,lower,upper,reason");
        for (var row = 0; row < detections.Length; row++)
        {
            var detection = detections[row];
            writer.WriteLine(
                $"{CsvCell.Of(times[row])},{CsvCell.Of(values[row])},{detection.Score:R},{Number(detection.Lower)},"
                    + $"{Number(detection.Upper)},{CsvCell.Of(detection.Reason)}"
            );
        }
    }

    private static string Number(double number) => double.IsNaN(number) ? "" : number.ToString("R");
}
