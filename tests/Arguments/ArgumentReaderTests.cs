using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Tradepost.Arguments.Tests;

public sealed class ArgumentReaderTests
{
    public enum Speed
    {
        Slow,
        VeryFast,
    }

    public sealed record Files
    {
        [Positional("FILE…")]
        [Required]
        public string[] Paths { get; init; } = [];
    }

    public sealed record Note
    {
        public string? Name { get; init; }

        public string[] Symbols { get; init; } = [];

        [FreeText]
        public string? Text { get; init; }
    }

    [Theory]
    [InlineData("a\u001bb", "U+001B at position 2")]
    [InlineData("\n", "U+000A at position 1")]
    [InlineData("👍\u202e", "U+202E at position 2")]
    [InlineData("\u200b", "U+200B at position 1")]
    [InlineData("\U000E0041", "U+E0041 at position 1")]
    [InlineData("\u2028", "U+2028 at position 1")]
    public void A_text_with_a_hidden_character_is_refused_where_it_is_not_free(string text, string named)
    {
        var notes = ArgumentReader.Of(typeof(Note));
        foreach (var json in new object[] { new { name = text }, new { symbols = new[] { "A", text } } })
        {
            Should
                .Throw<WrongArgumentException>(() => notes.FromJson(JsonSerializer.SerializeToElement(json)))
                .Message.ShouldContain($" holds the character {named}; expected is a text without");
        }

        Should
            .Throw<WrongArgumentException>(() => notes.FromText([KeyValuePair.Create<string, IReadOnlyList<string>>("--name", [text])]))
            .Message.ShouldStartWith("--name holds");
        ((Note)notes.FromJson(JsonSerializer.SerializeToElement(new { text }))).Text.ShouldBe(text);
    }

    [Fact]
    public void Values_that_stand_by_themselves_are_called_by_their_name_or_by_their_option()
    {
        var files = ArgumentReader.Of(typeof(Files));

        ((Files)files.FromText([KeyValuePair.Create<string, IReadOnlyList<string>>("FILE…", ["a", "b"])])).Paths.ShouldBe(["a", "b"]);
        ((Files)files.FromText([KeyValuePair.Create<string, IReadOnlyList<string>>("--paths", ["a"])])).Paths.ShouldBe(["a"]);
        Should.Throw<WrongArgumentException>(() => files.FromText([])).Message.ShouldBe("FILE… is missing; it is needed.");
    }

    [Fact]
    public void Texts_become_values_of_every_type()
    {
        var arguments = Read(
            ("--speed", "very-fast"),
            ("--days", "7"),
            ("--rows", "9000000000"),
            ("--share", "2.5"),
            ("--force", "true"),
            ("--path", "a b"),
            ("--day", "2026-01-31"),
            ("--start-date", "2026-01-31T12:30"),
            ("--overlap", "90m")
        );

        arguments.ShouldBe(
            new Options
            {
                Speed = Speed.VeryFast,
                Days = 7,
                Rows = 9_000_000_000,
                Share = 2.5,
                Force = true,
                Path = "a b",
                Day = new DateOnly(2026, 1, 31),
                StartDate = new DateTime(2026, 1, 31, 12, 30, 0),
                Overlap = TimeSpan.FromMinutes(90),
                Codes = arguments.Codes,
            }
        );
    }

    [Fact]
    public void What_is_not_given_keeps_its_default()
    {
        var arguments = Read();

        arguments.Speed.ShouldBe(Speed.Slow);
        arguments.Days.ShouldBeNull();
        arguments.Overlap.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void A_flag_needs_no_text()
    {
        ArgumentReader
            .Of(typeof(Options))
            .FromText([KeyValuePair.Create<string, IReadOnlyList<string>>("--force", [])])
            .ShouldBeOfType<Options>()
            .Force.ShouldBeTrue();
    }

    [Fact]
    public void A_list_takes_several_texts()
    {
        ArgumentReader
            .Of(typeof(Options))
            .FromText([KeyValuePair.Create<string, IReadOnlyList<string>>("--codes", ["3", "5"])])
            .ShouldBeOfType<Options>()
            .Codes.ShouldBe([3, 5]);
    }

    [Fact]
    public void A_moment_with_an_offset_is_kept_in_UTC_without_a_kind()
    {
        var moment = Read(("--start-date", "2026-01-31T12:30:00+02:00")).StartDate!.Value;

        moment.ShouldBe(new DateTime(2026, 1, 31, 10, 30, 0));
        moment.Kind.ShouldBe(DateTimeKind.Unspecified);
    }

    [Theory]
    [InlineData("--speed", "fast", "--speed is \"fast\"; allowed are slow, very-fast.")]
    [InlineData("--speed", "0", "--speed is \"0\"; allowed are slow, very-fast.")]
    [InlineData("--days", "seven", "--days is \"seven\"; expected is a whole number.")]
    [InlineData("--days", "0", "--days is 0; it must be between 1 and 366.")]
    [InlineData("--share", "NaN", "--share is \"NaN\"; expected is a number such as 2.5.")]
    [InlineData("--force", "maybe", "--force is \"maybe\"; expected is true or false.")]
    [InlineData("--day", "31.01.2026", "--day is \"31.01.2026\"; expected is a day such as 2026-01-31.")]
    [InlineData(
        "--start-date",
        "2026-02-30",
        "--start-date is \"2026-02-30\"; expected is a moment in UTC such as 2026-01-31 or 2026-01-31T12:00."
    )]
    [InlineData("--overlap", "10", "--overlap is \"10\"; expected is a duration such as 30s, 10m, 2h, 1d or 00:10:00.")]
    [InlineData("--size", "M", "--size is \"M\"; allowed are S, L.")]
    [InlineData("--name", "a/b", "--name is \"a/b\"; letters only.")]
    [InlineData("--overlapp", "1m", "There is no argument --overlapp. Did you mean --overlap?")]
    public void What_is_not_allowed_is_refused_in_one_sentence(string option, string text, string sentence)
    {
        Should.Throw<WrongArgumentException>(() => Read((option, text))).Message.ShouldBe(sentence);
    }

    [Fact]
    public void A_required_argument_must_be_given()
    {
        Should
            .Throw<WrongArgumentException>(() => ArgumentReader.Of(typeof(Needy)).FromText([]))
            .Message.ShouldBe("--file is missing; it is needed.");
        Should
            .Throw<WrongArgumentException>(() => ArgumentReader.Of(typeof(Needy)).FromJson(Json("{}")))
            .Message.ShouldBe("file is missing; it is needed.");
    }

    [Theory]
    [InlineData("days", "0", "days", "days is 0; it must be between 1 and 366.")]
    [InlineData(
        "start_date",
        "soon",
        "start_date",
        "start_date is \"soon\"; expected is a moment in UTC such as 2026-01-31 or 2026-01-31T12:00."
    )]
    [InlineData("dayz", "1", "dayz", "There is no argument dayz. Did you mean days?")]
    [InlineData("--days", "1", "--days", "There is no argument --days. Did you mean days?")]
    public void A_query_string_is_read_as_a_command_line_is_and_spelled_as_JSON(string name, string text, string field, string sentence)
    {
        var refusal = Should.Throw<WrongArgumentException>(() =>
            ArgumentReader.Of(typeof(Options)).FromQuery([KeyValuePair.Create<string, IReadOnlyList<string>>(name, [text])])
        );

        refusal.Field.ShouldBe(field);
        refusal.Message.ShouldBe(sentence);
    }

    [Fact]
    public void What_has_to_be_set_is_required_a_range_has_its_own_sentence_and_an_order_is_kept()
    {
        var call = ArgumentReader.Of(typeof(Call));

        call.All.Select(argument => argument.Option).ShouldBe(["--again", "NAME", "--times", "--folder"]);
        Should.Throw<WrongArgumentException>(() => call.FromText([])).Message.ShouldBe("NAME is missing; it is needed.");
        Should
            .Throw<WrongArgumentException>(() => call.FromText([KeyValuePair.Create<string, IReadOnlyList<string>>("--times", ["0"])]))
            .Message.ShouldBe("--times is 0; expected is a whole number above 0.");
    }

    [Fact]
    public void A_path_is_made_absolute_and_nothing_else_is()
    {
        var call = new Call { Name = "a", Folder = "b" };

        ArgumentReader.Of(typeof(Call)).Root(call, "/top");

        (call.Name, call.Folder).ShouldBe(("a", "/top/b"));
    }

    [Fact]
    public void JSON_becomes_the_same_values()
    {
        var arguments = ArgumentReader
            .Of(typeof(Options))
            .FromJson(
                Json(
                    """{"speed": "very_fast", "days": 7, "share": 2.5, "force": true, "start_date": "2026-01-31T12:30:00Z", "codes": [3, 5], "path": null}"""
                )
            )
            .ShouldBeOfType<Options>();

        arguments.Speed.ShouldBe(Speed.VeryFast);
        arguments.Days.ShouldBe(7);
        arguments.Share.ShouldBe(2.5);
        arguments.Force.ShouldBeTrue();
        arguments.StartDate.ShouldBe(new DateTime(2026, 1, 31, 12, 30, 0));
        arguments.Codes.ShouldBe([3, 5]);
    }

    [Theory]
    [InlineData("""{"dayz": 7}""", "dayz", "There is no argument dayz. Did you mean days?")]
    [InlineData("""{"days": "7"}""", "days", "days is \"7\"; expected is a whole number.")]
    [InlineData("""{"days": 7.5}""", "days", "days is \"7.5\"; expected is a whole number.")]
    [InlineData("""{"speed": 1}""", "speed", "speed is 1; allowed are slow, very-fast.")]
    [InlineData("""{"force": null}""", "force", "force is null; expected is true or false.")]
    [InlineData("""{"codes": 3}""", "codes", "codes is 3; expected is a list.")]
    [InlineData(
        """{"max_deletes": {}}""",
        "max_deletes",
        "There is no argument max_deletes. Allowed are speed, days, rows, share, force, path, day, start_date, overlap, codes, size, name."
    )]
    [InlineData("""[]""", "arguments", "The arguments are []; expected is a JSON object.")]
    public void JSON_that_does_not_fit_is_refused_with_the_field(string json, string field, string sentence)
    {
        var refusal = Should.Throw<WrongArgumentException>(() => ArgumentReader.Of(typeof(Options)).FromJson(Json(json)));

        refusal.Field.ShouldBe(field);
        refusal.Message.ShouldBe(sentence);
    }

    [Fact]
    public void The_schema_says_types_defaults_and_limits()
    {
        var properties = ArgumentReader.Of(typeof(Options)).Schema()["properties"]!;

        properties["speed"]!.ToJsonString().ShouldBe("""{"type":"string","enum":["slow","very_fast"],"default":"slow"}""");
        properties["days"]!.ToJsonString().ShouldBe("""{"type":"integer","minimum":1,"maximum":366,"description":"How many days."}""");
        properties["overlap"]!.ToJsonString().ShouldBe("""{"type":"string","format":"duration","default":"10m"}""");
        properties["codes"]!.ToJsonString().ShouldBe("""{"type":"array","items":{"type":"integer"}}""");
        ArgumentReader.Of(typeof(Needy)).Schema()["required"]!.ToJsonString().ShouldBe("""["file"]""");
    }

    private static Options Read(params (string Option, string Text)[] given) =>
        (Options)
            ArgumentReader
                .Of(typeof(Options))
                .FromText(given.Select(pair => KeyValuePair.Create<string, IReadOnlyList<string>>(pair.Option, [pair.Text])));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public sealed record Options
    {
        public Speed Speed { get; init; }

        [Description("How many days.")]
        [Range(1, 366)]
        public int? Days { get; init; }

        public long Rows { get; init; }

        public double Share { get; init; }

        public bool Force { get; init; }

        public string? Path { get; init; }

        public DateOnly? Day { get; init; }

        public DateTime? StartDate { get; init; }

        public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(10);

        public int[] Codes { get; init; } = [];

        [AllowedValues("S", "L")]
        public string? Size { get; init; }

        [RegularExpression("[a-z]+", ErrorMessage = "letters only")]
        public string? Name { get; init; }
    }

    public abstract record Named
    {
        [Display(Order = 2)]
        [FilePath]
        public string? Folder { get; init; }

        [Positional("NAME")]
        public required string Name { get; init; }
    }

    public sealed record Call : Named
    {
        [Display(Order = 1)]
        [Range(1, int.MaxValue, ErrorMessage = "expected is a whole number above 0")]
        public int Times { get; init; } = 1;

        public bool Again { get; init; }
    }

    public sealed record Needy
    {
        [Required]
        public string? File { get; init; }
    }
}
