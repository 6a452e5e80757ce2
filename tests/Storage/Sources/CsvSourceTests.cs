using System.Text;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Sources;

public sealed class CsvSourceTests : IDisposable
{
    private static readonly IReadOnlyList<Column> Columns =
    [
        new("id", ColumnType.BigInt),
        new("name", ColumnType.Text),
        Column.Decimal("price", 12, 2),
        new("sold", ColumnType.Timestamp),
        new("day", ColumnType.Date),
        new("active", ColumnType.Boolean),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Columns_are_found_by_name_whatever_their_order_case_and_separator()
    {
        var source = Write("Price;NAME;id;extra;sold;day;active\r\n12.50;\"Мишка; дротова\";7;x;2026-01-31 10:00:00;2026-01-31;true\r\n");

        var batch = await ReadAsync(source);

        batch.Count.ShouldBe(1);
        batch[0].Values<long>()[0].ShouldBe(7);
        Encoding.UTF8.GetString(batch[1].AsText()[0]).ShouldBe("Мишка; дротова");
        batch[2].Values<long>()[0].ShouldBe(1250);
        DateTime.UnixEpoch.AddMicroseconds(batch[3].Values<long>()[0]).ShouldBe(new DateTime(2026, 1, 31, 10, 0, 0));
        DateTime.UnixEpoch.AddDays(batch[4].Values<int>()[0]).ShouldBe(new DateTime(2026, 1, 31));
        batch[5].Values<bool>()[0].ShouldBeTrue();
        batch.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_field_is_null()
    {
        var batch = await ReadAsync(Write("id,name,price,sold,day,active\n1,,,,,\n"));

        Enumerable.Range(1, 5).ShouldAllBe(column => batch[column].IsNull(0));
        batch.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bad_field_is_a_problem_that_names_line_value_and_expectation_and_the_rest_is_read()
    {
        var batch = await ReadAsync(
            Write("id,name,price,sold,day,active\n1,\"two\nlines\",1.00,,,\n2,b,abc,,,\n3,c,1.005,,,\n4,d,2.00,yesterday,,\n")
        );

        batch.Count.ShouldBe(4);
        batch
            .Problems.Select(problem => problem.Problem)
            .ShouldBe([
                "line 4: price is 'abc', expected a decimal(12,2)",
                "line 5: price is '1.005', expected a decimal(12,2)",
                "line 6: sold is 'yesterday', expected a time such as 2026-01-31T12:00:00",
            ]);
        batch[2].IsNull(1).ShouldBeTrue();
        batch[2].Values<long>()[3].ShouldBe(200);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_a_problem_of_their_row()
    {
        var path = folder.Combine("latin1.csv");
        await File.WriteAllBytesAsync(
            path,
            Encoding.Latin1.GetBytes("id,name,price,sold,day,active\n1,caf\u00e9,1,,,\n"),
            TestContext.Current.CancellationToken
        );

        var batch = await ReadAsync(new CsvSource(path));

        batch.Problems.ShouldHaveSingleItem().Problem.ShouldStartWith("line 2: name is 'caf");
    }

    [Fact]
    public void A_header_that_lacks_a_column_is_refused_with_what_it_has() =>
        Should
            .Throw<SourceSchemaException>(() => Write("id,name\n1,a\n").Read(Columns))
            .Message.ShouldEndWith("goods.csv, line 1: the header lacks price and sold and day and active; it has id, name.");

    [Fact]
    public void An_empty_file_is_refused_with_what_was_expected() =>
        Should
            .Throw<SourceSchemaException>(() => Write("").Read(Columns))
            .Message.ShouldEndWith("goods.csv is empty; expected a header line with id, name, price, sold, day, active.");

    [Fact]
    public void A_missing_file_is_an_unavailable_source() =>
        Should.Throw<SourceUnavailableException>(() => new CsvSource(folder.Combine("none.csv")).Read(Columns));

    [Fact]
    public async Task A_long_file_comes_in_full_batches()
    {
        var text = new StringBuilder("id,name,price,sold,day,active\n");
        for (var i = 0; i < 5000; i++)
        {
            text.Append($"{i},name {i},{i}.25,,,\n");
        }

        await using var reader = Write(text.ToString()).Read(Columns);
        var batch = new RowBatch(Columns);
        var sizes = new List<int>();
        var sum = 0L;
        while (await reader.FillAsync(batch, TestContext.Current.CancellationToken))
        {
            sizes.Add(batch.Count);
            sum += batch[0].Values<long>()[..batch.Count].ToArray().Sum();
            batch.Clear();
        }

        sizes.ShouldBe([2048, 2048, 904]);
        sum.ShouldBe(5000L * 4999 / 2);
    }

    private CsvSource Write(string text)
    {
        var path = folder.Combine("goods.csv");
        File.WriteAllText(path, text);
        return new CsvSource(path);
    }

    private static async Task<RowBatch> ReadAsync(CsvSource source)
    {
        await using var reader = source.Read(Columns);
        var batch = new RowBatch(Columns);
        await reader.FillAsync(batch, TestContext.Current.CancellationToken);
        return batch;
    }
}
