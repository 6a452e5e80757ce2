using Tradepost.App.Tables;
using Tradepost.Storage.Files;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Tables;

/// <summary>Ten thousand files of every form against a reader that is told the form: the same cells, or a refusal that says where; never others.</summary>
public sealed class GeneratedFilesTests : IDisposable
{
    private const int Files = 10_000;

    // What a user has to settle, because the rows do not.
    private static readonly string[] Questions = ["say which", "commas between thousands", "say the encoding"];

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Every_generated_file_is_read_right_or_refused_with_its_place()
    {
        var path = folder.Combine("generated.csv");
        var (read, asked, refused) = (0, 0, 0);
        for (var seed = 0; seed < Files; seed++)
        {
            var file = new GeneratedFile(seed);
            File.WriteAllBytes(path, file.Bytes);
            try
            {
                var table = CsvTable.Read(path, TableForm.Unsaid);
                var (times, y, z) = (table.Times("ds"), table.Numbers("y"), table.Numbers("z"));
                file.Fault.ShouldBe(GeneratedFault.None, $"seed {seed} was read");
                ShouldBeSame(file, table, times, [y, z], seed);
                read++;
            }
            catch (FileFormException e)
            {
                if (file.Fault == GeneratedFault.None)
                {
                    Questions.ShouldContain(
                        question => e.Message.Contains(question, StringComparison.Ordinal),
                        $"seed {seed}: {e.Message}"
                    );
                    asked++;
                    continue;
                }

                ShouldSayWhere(file, e.Message, seed);
                refused++;
            }
        }

        read.ShouldBeGreaterThan(Files / 2);
        asked.ShouldBeLessThan(Files / 5);
        refused.ShouldBeGreaterThan(Files / 5);
    }

    public void Dispose() => folder.Dispose();

    private static void ShouldBeSame(GeneratedFile file, CsvTable table, DateTime[] times, double[][] numbers, int seed)
    {
        var rows = IndependentReader.Rows(file)[1..];
        table.Count.ShouldBe(rows.Count, $"seed {seed}");
        var towns = table.Texts("town");
        for (var row = 0; row < rows.Count; row++)
        {
            var of = $"seed {seed}, row {row}";
            times[row].ShouldBe(IndependentReader.Time(file, rows[row][0]), of);
            numbers[0][row].ShouldBe(IndependentReader.Number(file, rows[row][1]), of);
            numbers[1][row].ShouldBe(IndependentReader.Number(file, rows[row][2]), of);
            towns[row].ShouldBe(rows[row][3], of);
        }
    }

    private static void ShouldSayWhere(GeneratedFile file, string message, int seed)
    {
        var of = $"seed {seed}, {file.Fault}: {message}";
        if (Array.Exists(Questions, question => message.Contains(question, StringComparison.Ordinal)))
        {
            return; // it did not come as far as the fault
        }

        if (file.Fault != GeneratedFault.BrokenByte)
        {
            message.ShouldContain($", line {file.FaultLine}: ", customMessage: of);
        }

        switch (file.Fault)
        {
            case GeneratedFault.CellTooMany or GeneratedFault.CellTooFew:
                message.ShouldContain("expected are 4", customMessage: of);
                break;
            case GeneratedFault.NoNumber:
                message.ShouldContain("y is '", customMessage: of);
                break;
            case GeneratedFault.NoTime or GeneratedFault.OtherNotation:
                message.ShouldContain("ds is '", customMessage: of);
                break;
            case GeneratedFault.DoubledHeader:
                message.ShouldContain("two columns have the name y", customMessage: of);
                break;
            default:
                message.ShouldContain(", line ", customMessage: of);
                break;
        }
    }
}
