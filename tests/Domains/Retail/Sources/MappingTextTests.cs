using System.Text;
using System.Text.RegularExpressions;
using Tradepost.Jobs;
using Tradepost.Retail.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Sources;

/// <summary>Mapping files that are none: each gets a sentence in the words of the file, quickly, and no name of ours or of .NET.</summary>
public sealed partial class MappingTextTests : IDisposable
{
    private const string Good = """
        tables:
          regions:
            from: areas
            where: "deleted = 0"
            columns: {id: area_id, name: 'title'}
          orders: ~
        accepted_values:
          payments.method: [card, cash, "null"]
        """;

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("tables: 5\n", "line 1: tables is a single value; expected are keys with values.")]
    [InlineData("tables: [a]\n", "line 1: tables is a list; expected are keys with values.")]
    [InlineData("- tables\n", "line 1: the file is a list; expected are keys with values.")]
    [InlineData("tables:\n  regions:\n    frm: r\n", "line 3: regions has no key frm; expected are from, where and columns.")]
    [InlineData("tables:\n  regions:\n    from: [r]\n", "line 3: from of regions is a list; expected is a text.")]
    [InlineData("tables:\n  regions:\n    columns: {id: {a: b}}\n", "line 3: id of regions is a block of keys; expected is a text.")]
    [InlineData("tabels: {}\n", "line 1: there is no key tabels; expected are tables and accepted_values.")]
    [InlineData("accepted_values:\n  payments.method: card\n", "line 2: payments.method is a single value; expected is a list.")]
    [InlineData("accepted_values:\n  payments.method: [[card]]\n", "line 2: an item of payments.method is a list; expected is a text.")]
    [InlineData("tables: &a {}\naccepted_values: *a\n", "line 1: anchors and aliases (& and *) are not read; write the value out.")]
    [InlineData("tables:\n  ? [a, b]\n  : c\n", "line 2: a key of tables is a list; expected is a text.")]
    [InlineData("tables: {}\n---\ntables: {}\n", "line 2: it holds more than one document; expected is one.")]
    [InlineData("tables: {}\ntables: {}\n", "line 2: the file has tables twice.")]
    public void What_does_not_fit_the_form_is_said_in_the_words_of_the_file(string yaml, string message)
    {
        var path = folder.Combine("mapping.yaml");
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(yaml)); // half a pair of surrogates becomes the sign for what cannot be read

        Should.Throw<JobFailedException>(() => MappingText.Read(path)).Message.ShouldBe($"Mapping file {path}, {message}");
    }

    [Fact]
    public void A_good_file_is_read_as_it_stands()
    {
        var document = MappingText.Read(folder.Write("mapping.yaml", Good));

        (document.Tables["regions"]!.From, document.Tables["regions"]!.Where).ShouldBe(("areas", "deleted = 0"));
        document.Tables["regions"]!.Columns.ShouldBe(
            new Dictionary<string, string?> { ["id"] = "area_id", ["name"] = "title" },
            ignoreOrder: true
        );
        document.Tables["orders"].ShouldBeNull();
        document.AcceptedValues["payments.method"].ShouldBe(["card", "cash", "null"]);
    }

    [Fact]
    public void Bombs_are_refused_before_they_grow()
    {
        var laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (var i = 1; i < 40; i++)
        {
            laughs.AppendLine(
                $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]"
            );
        }

        foreach (
            var bomb in new[]
            {
                laughs.ToString(),
                new string('[', 500_000),
                new string('{', 500_000),
                string.Concat(Enumerable.Repeat("{a: ", 200_000)),
                string.Concat(Enumerable.Repeat("- ", 400_000)),
                string.Concat(Enumerable.Repeat("? ", 400_000)),
                new string(' ', 2_000_000),
                "tables: {" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"a{i}: b,")) + "}",
                "a: &x [*x]",
                "<<: *x",
                "tables: !!binary aGk=",
            }
        )
        {
            Expect(bomb);
        }
    }

    [Fact]
    public void Thousands_of_broken_files_get_a_sentence_each()
    {
        var random = new Random(13);
        const string pieces = "{}[]:,-?&*!|>'\"%@`#~ \n\t\\\u0001é𝄞\uFEFFa1";
        for (var i = 0; i < 3_000; i++)
        {
            var text = new StringBuilder(Good);
            for (var edits = random.Next(1, 6); edits > 0; edits--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at)),
                    1 => text.Insert(at, pieces[random.Next(pieces.Length)].ToString(), random.Next(1, 4)),
                    _ => text.Insert(at, Good.AsSpan(random.Next(Good.Length / 2), random.Next(1, 20))),
                };
            }

            Expect(text.ToString());
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Whatever the file is, it is read or refused with a sentence for its user.</summary>
    private void Expect(string yaml)
    {
        var path = folder.Combine("mapping.yaml");
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(yaml)); // half a pair of surrogates becomes the sign for what cannot be read
        try
        {
            MappingFile.Read(path);
        }
        catch (JobFailedException e)
        {
            e.ExitCode.ShouldBe(2);
            e.Message.ShouldStartWith($"Mapping file {path}");
            Internal().IsMatch(e.Message[path.Length..]).ShouldBeFalse(e.Message);
        }
    }

    [GeneratedRegex(@"System\.|Tradepost\.|YamlDotNet|`\d|Exception|Parameter '|type '", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Internal();
}
