using System.Text.RegularExpressions;
using Tradepost.App.Learning;
using Tradepost.App.Learning.Clicks;
using Tradepost.Serving.Commands;
using Tradepost.Storage.Files;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

/// <summary>Files of options and saved models that are none: each gets a sentence, in the words of the file.</summary>
public sealed partial class BrokenTextTests : IDisposable
{
    private static readonly string[] Values =
    [
        "null",
        "true",
        "-1",
        "1e400",
        "99999999999999999999",
        "\"x\"",
        "\"NaN\"",
        "[]",
        "[[]]",
        "{}",
        "{\"a\":1}",
        "[1,2,3]",
    ];

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("ridge")]
    [InlineData("boosting")]
    public async Task A_saved_model_that_was_altered_is_refused_with_a_sentence(string model)
    {
        var program = new TradepostProcess(folder.Path);
        folder.Write(
            "sales.csv",
            "price,kind,sold\n"
                + string.Concat(
                    Enumerable
                        .Range(1, 60)
                        .Select(i => FormattableString.Invariant($"{i % 7},{(i % 2 == 0 ? "a" : "b")},{(i * 3 % 11) + i}\n"))
                )
        );
        await program.RunJsonAsync("fit", "sales.csv", "--target", "sold", "--model", model, "--save", "model.json");
        var good = await File.ReadAllTextAsync(folder.Combine("model.json"), TestContext.Current.CancellationToken);

        foreach (var broken in Broken(good, 300))
        {
            Expect(broken, path => SavedFit.Read(path));
        }
    }

    [Fact]
    public void Options_of_models_that_cannot_be_read_are_refused_with_a_sentence()
    {
        foreach (
            var broken in Broken(
                """{"seed": 1, "learning_rate": 0.5, "fields": [{"name": "a", "kind": "category"}], "hidden": [4, 4]}""",
                300
            )
        )
        {
            Expect(broken, path => ClickOptionsFile.Read(path));
            Expect(broken, path => FitOptions.Read(path));
            Expect(broken, path => ForecastInput.Read(
                    new ForecastRequest
                    {
                        File = "sent",
                        Text = "ds,y\n2026-01-01,1\n2026-01-02,2\n2026-01-03,3\n",
                        Time = "ds",
                        Value = "y",
                        Horizon = 1,
                        Options = path,
                    }
                ));
        }
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A text with values of other kinds, names that are gone, there twice or unknown, and cut or changed letters.</summary>
    private static IEnumerable<string> Broken(string good, int count)
    {
        var random = new Random(13);
        for (var i = 0; i < count; i++)
        {
            var text = good;
            if (i % 2 == 0)
            {
                var numbers = Value().Matches(good);
                var at = numbers[random.Next(numbers.Count)];
                text = good[..at.Index] + Values[random.Next(Values.Length)] + good[(at.Index + at.Length)..];
            }
            else
            {
                var at = random.Next(good.Length);
                text = (i % 3) switch
                {
                    0 => good[..at],
                    1 => good.Insert(at, "{}[]:,\"\\0"[random.Next(9)].ToString()),
                    _ => Name().Replace(good, "\"other\":", 1, at),
                };
            }

            yield return text;
        }
    }

    private void Expect(string text, Action<string> read)
    {
        var path = folder.Write("broken.json", text);
        try
        {
            read(path);
        }
        catch (Exception e) when (e is UsageException or FileFormException)
        {
            Internal().IsMatch(e.Message[path.Length..]).ShouldBeFalse(e.Message);
        }
    }

    [GeneratedRegex("(?<=: ?)(?:-?\\d[\\d.eE+-]*|\"[^\"]*\"|true|false|null)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();

    [GeneratedRegex("\"[a-z_]+\": ?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(
        @"System\.|Tradepost\.|`\d|Exception|\(Parameter '|BytePosition|type '",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Internal();
}
