using System.Text;
using Tradepost.App.Tables;
using Tradepost.Storage.Files;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Tables;

/// <summary>Files of each kind that was once misread: read right, or refused with a sentence that says where.</summary>
public sealed class CsvTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("ds;y\n2024-01-01;0,5\n", "semicolon, decimal comma, year-month-day", 0.5)]
    [InlineData("ds,y\n2024-01-01,\"0,5\"\n", "comma, decimal comma, year-month-day", 0.5)]
    [InlineData("ds\ty\n31.01.2024\t-1,5e3\n", "tab, decimal comma, day.month.year", -1500)]
    [InlineData("ds|y\n01/31/2024|.5\n", "pipe, decimal point, month/day/year", 0.5)]
    [InlineData("sep=;\nds;y\n2024-01-01;1234,567\n", "semicolon, decimal comma, year-month-day", 1234.567)]
    [InlineData("ds;y, net\n2024-01-01;1\n", "semicolon, decimal point, year-month-day", 1)]
    [InlineData("ds;y;z\n2024-01-01;50,007;0,5\n", "semicolon, decimal comma, year-month-day", 50.007)]
    public void The_form_of_a_file_is_found_from_all_of_it_and_said(string text, string readAs, double first)
    {
        var table = Table(text);

        table.Times("ds");
        table.Numbers(table.Names[1])[0].ShouldBe(first);

        table.ReadAs.ShouldBe(readAs);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n1,2\n", "line 1: the line is blank")]
    [InlineData("ds,y,y\n2024-01-01,1,2\n", "line 1: two columns have the name y")]
    [InlineData("ds,y, y\n2024-01-01,1,2\n", "line 1: two columns have the name y")]
    [InlineData("ds,y\n2024-01-01,1,000\n", "line 2: the row has 3 cells; expected are 2")]
    [InlineData("ds,y\n2024-01-01,1\n2024-01-02\n", "line 3: the row has 1 cell; expected are 2")]
    [InlineData("ds,y\n2024-01-01,1\n\n2024-01-02,2\n", "line 3: the line is blank")]
    [InlineData("ds,y\n2024-01-01,\"1\n2024-01-02,2\n", "line 2: the quotes of the row do not match")]
    [InlineData("ds,y\n2024-01-01,\"1\"2\n", "line 2: the quotes of the row do not match")]
    [InlineData("ds,y\n2024-01-01,1\"2\n", "line 2: the quotes of the row do not match")]
    [InlineData("ds,y\n2024-01-01,1%\n", "line 2: y is '1%'; expected is a number")]
    [InlineData("ds,y\n2024-01-01,inf\n", "line 2: y is 'inf'; expected is a number")]
    [InlineData("ds,y\n2024-01-01,1e400\n", "line 2: y is '1e400'; expected is a number")]
    [InlineData("ds,y\n2024-01-01,1e308\n", "line 2: y is '1e308'; expected is a number that is at most 1e100 from zero")]
    [InlineData("ds,y\n2024-01-01,0x10\n", "line 2: y is '0x10'; expected is a number")]
    [InlineData("ds,y\n2024-01-01,1 000\n", "line 2: y is '1 000'; expected is a number")]
    [InlineData("ds;y\n2024-01-01;1,5\n2024-01-02;1.5\n", "line 2: y is '1,5', which has a comma, and y of line 3, '1.5', a point")]
    [InlineData("ds;y\n2024-01-01;50,007\n2024-01-02;50,014\n", "--decimal comma")]
    [InlineData("ds,y\n2024-01-01,\"1,000\"\n2024-01-02,999.5\n", "line 2: y is '1,000', which has a comma")]
    [InlineData(
        "ds,y\n01/02/2024,1\n02/02/2024,1\n",
        "ds is day/month/year or month/day/year in every row; say which with --date-format day/month/year"
    )]
    [InlineData(
        "ds,y\n31/01/2024,1\n2024-02-01,1\n",
        "line 3: ds is '2024-02-01'; expected is a time as day/month/year, as in the rows before"
    )]
    [InlineData("ds,y\n13/01/2024,1\n01/13/2024,1\n", "line 3: ds is '01/13/2024'")]
    [InlineData("ds,y\n2024-02-30,1\n", "line 2: ds is '2024-02-30'; expected is a time such as 2024-01-31")]
    [InlineData("ds,y\n12:30,1\n", "line 2: ds is '12:30'; expected is a time")]
    [InlineData("ds,y\n1/2,1\n", "line 2: ds is '1/2'; expected is a time")]
    [InlineData("ds,y\n01.02.24,1\n", "--date-format dd.MM.yy")]
    [InlineData("ds,y\n,1\n", "line 2: ds is ''; expected is a time")]
    [InlineData("ds,y\n2024-01-01T00:00Z,1\n2024-01-02T00:00,1\n", "line 3: ds is '2024-01-02T00:00'; expected is a time with an offset")]
    [InlineData("a,b;y\n1,2;3\n", "line 1: the header could be divided by comma (2 names) and semicolon (2 names), and both fit every row")]
    public void What_can_be_read_in_two_ways_or_in_none_is_refused_with_its_place(string text, string expected)
    {
        var refusal = Should.Throw<FileFormException>(() =>
        {
            var table = Table(text);
            table.Times("ds");
            table.Numbers("y");
        });

        refusal.Message.ShouldContain(expected);
        refusal.Message.ShouldStartWith(folder.Combine("table.csv"));
    }

    [Theory]
    [InlineData("2024-01-31", "2024-01-31T00:00:00")]
    [InlineData("2024-1-5", "2024-01-05T00:00:00")]
    [InlineData("2024-01-31 12:30", "2024-01-31T12:30:00")]
    [InlineData("2024-01-31T12:30:15.5", "2024-01-31T12:30:15.5")]
    [InlineData("2024-01-31T23:30:00-05:00", "2024-01-31T23:30:00")]
    [InlineData("2024-01-31T12:00:00Z", "2024-01-31T12:00:00")]
    [InlineData("2024/01/31", "2024-01-31T00:00:00")]
    [InlineData("20240131", "2024-01-31T00:00:00")]
    [InlineData("2024-01", "2024-01-01T00:00:00")]
    [InlineData("01.02.2024 08:15", "2024-02-01T08:15:00")]
    [InlineData("31/01/2024 1:05 PM", "2024-01-31T13:05:00")]
    [InlineData("31 Jan 2024", "2024-01-31T00:00:00")]
    [InlineData("31-January-2024", "2024-01-31T00:00:00")]
    [InlineData("Sept 5, 2024", "2024-09-05T00:00:00")]
    public void Times_are_those_of_their_place_in_each_notation(string cell, string expected)
    {
        Table($"ds;y\n{cell};1\n").Times("ds")[0].ShouldBe(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_a_user_says_settles_what_the_file_leaves_open()
    {
        Table("ds,y\n01/02/2024,1\n", TableForm.Of(null, null, "day/month/year", null)).Times("ds")[0].ShouldBe(new DateTime(2024, 2, 1));
        Table("ds,y\n01/02/2024,1\n", TableForm.Of(null, null, "month/day/year", null)).Times("ds")[0].ShouldBe(new DateTime(2024, 1, 2));
        Table("ds,y\n01.02.24 5:06,1\n", TableForm.Of(null, null, "%d.%m.%y %H:%M", null))
            .Times("ds")[0]
            .ShouldBe(new DateTime(2024, 2, 1, 5, 6, 0));
        Table("ds;y\n2024-01-01;50,007\n", TableForm.Of(null, "comma", null, null)).Numbers("y")[0].ShouldBe(50.007);
        Table("a,b;y\n1,2;3\n", TableForm.Of("semicolon", null, null, null)).Names.ShouldBe(["a,b", "y"]);
        (Table("ds\n2024-01-31T23:30:00-05:00\n", TableForm.Unsaid with { IsUtc = true }).Times("ds")[0]).ShouldBe(
            new DateTime(2024, 2, 1, 4, 30, 0)
        );
    }

    [Theory]
    [InlineData("sign", "--delimiter is 'sign'; expected is comma, semicolon, tab or pipe.", 0)]
    [InlineData("dot", "--decimal is 'dot'; expected is point or comma.", 1)]
    [InlineData("HH:mm", "--date-format is 'HH:mm'; expected is an order such as day/month/year", 2)]
    [InlineData("koi8-r", "--encoding is 'koi8-r'; expected is utf-8, utf-16, windows-1251 or windows-1252.", 3)]
    public void A_form_that_there_is_not_is_refused(string value, string expected, int which)
    {
        var said = new string?[4];
        said[which] = value;

        Should.Throw<FileFormException>(() => TableForm.Of(said[0], said[1], said[2], said[3])).Message.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("utf-8", "UTF-8")]
    [InlineData("utf-8 with a mark", "UTF-8")]
    [InlineData("utf-16", "UTF-16")]
    [InlineData("utf-16 without a mark", "UTF-16")]
    [InlineData("utf-16be", "UTF-16BE")]
    [InlineData("windows-1251", "Windows-1251")]
    public void Cyrillic_letters_are_the_same_in_each_encoding(string encoding, string name) =>
        Check("город;y\nКиїв;1\nЛьвів;2\nРівне;3\n", Encoded(encoding), name, "Київ");

    [Theory]
    [InlineData("utf-8", "UTF-8")]
    [InlineData("windows-1252", "Windows-1252")]
    public void Accented_letters_are_the_same_in_each_encoding(string encoding, string name) =>
        Check("ville;y\nMünchen;1\nOrléans;2\n", Encoded(encoding), name, "München");

    [Theory]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0x0A, 0xE9, 0x0A }, "line 3: there are bytes that are not UTF-8")]
    [InlineData(new byte[] { 0x61, 0x0A, 0xC3, 0xA9, 0x62, 0x0A, 0x62, 0xE9, 0x62, 0x0A }, "line 3: there are bytes that are not UTF-8")]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0x00, 0x62, 0x0A }, "line 2: there are bytes that are not UTF-8")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x00, 0xD8, 0x0A, 0x00 }, "bytes that are not UTF-16")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x00, 0x00, 0x61, 0x00, 0x00, 0x00 }, "is UTF-32")]
    public void Bytes_that_are_of_no_one_encoding_are_refused(byte[] bytes, string expected)
    {
        var path = folder.Combine("table.csv");
        File.WriteAllBytes(path, bytes);

        Should.Throw<FileFormException>(() => CsvTable.Read(path, TableForm.Unsaid)).Message.ShouldContain(expected);
    }

    [Fact]
    public void A_blank_line_of_one_column_is_a_missing_value_and_blank_lines_at_the_end_of_several_are_nothing()
    {
        double.IsNaN(Table("y\n1\n\n3\n").Numbers("y")[1]).ShouldBeTrue();
        Table("a,y\n1,2\n\n\n").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("nan")]
    [InlineData("NULL")]
    [InlineData("None")]
    [InlineData("#N/A")]
    [InlineData("<NA>")]
    [InlineData("\\N")]
    public void Every_spelling_of_a_missing_value_is_one(string cell) =>
        double.IsNaN(Table($"a,y\n1,{cell}\n2,2\n").Numbers("y")[0]).ShouldBeTrue();

    [Fact]
    public void A_column_of_numbers_with_a_few_other_cells_is_no_column_of_texts()
    {
        var numbers = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i}\n"));

        Should.Throw<FileFormException>(() => Table($"a\n{numbers}5%\n").IsNumeric("a")).Message.ShouldContain("line 32: a is '5%'");
        Table("a\n1\n2\nx\n1\n").IsNumeric("a").ShouldBeFalse();
        Table("a\nx\ny\nz\n1\n").IsNumeric("a").ShouldBeFalse();
        Table($"a\n{numbers}5%\n", TableForm.Unsaid with { Texts = ["a"] }).IsNumeric("a").ShouldBeFalse();
    }

    [Fact]
    public void Numbers_that_lose_something_are_told()
    {
        var table = Table("id,zip\n9007199254740993,01067\n9007199254740992,10115\n", TableForm.Unsaid with { Texts = [] });

        table.Numbers("id");
        table.Numbers("zip");

        table.Notices[0].ShouldContain("id has whole numbers with more digits than are kept");
        table.Notices[0].ShouldContain("'9007199254740993' in line 2");
        table.Notices[1].ShouldContain("zip has codes with a zero in front");
        table.Notices[1].ShouldContain("--categories zip");
    }

    public void Dispose() => folder.Dispose();

    private static Encoding Encoded(string name) =>
        name switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8 with a mark" => new UTF8Encoding(true),
            "utf-16" => new UnicodeEncoding(false, true),
            "utf-16 without a mark" => new UnicodeEncoding(false, false),
            "utf-16be" => new UnicodeEncoding(true, true),
            _ => CodePagesEncodingProvider.Instance.GetEncoding(name)!,
        };

    private void Check(string text, Encoding encoding, string name, string first)
    {
        var path = folder.Combine("table.csv");
        File.WriteAllBytes(path, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        var table = CsvTable.Read(path, TableForm.Unsaid);

        table.Texts(table.Names[0])[0].ShouldBe(first);
        table.Numbers("y")[1].ShouldBe(2);
        table.ReadAs.ShouldBe(name == "UTF-8" ? "semicolon, decimal point" : $"{name}, semicolon, decimal point");
    }

    private CsvTable Table(string text, TableForm? form = null) => CsvTable.Read(folder.Write("table.csv", text), form ?? TableForm.Unsaid);
}
