using System.Text.RegularExpressions;
using Tradepost.Tests.Support;

namespace Tradepost.EndToEnd.Tests;

/// <summary>The journeys of docs/architecture.md lead through the code as it is: each step's file is there, and names the next one's type or is named by it.</summary>
public sealed partial class JourneyTests
{
    public static TheoryData<string> Journeys => [.. Sections().Select(section => section.Name)];

    [Fact]
    public void There_are_four_journeys() =>
        Sections().Select(section => section.Name).ShouldBe(["A quote", "An order", "A request", "A CSV"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Journeys))]
    public void A_journey_leads_from_file_to_file(string name)
    {
        var steps = Sections().Single(section => section.Name == name).Files;

        steps.Count.ShouldBeInRange(3, 10);
        steps.Where(file => !File.Exists(RepositoryRoot.Combine(file))).ShouldBeEmpty();
        steps.Zip(steps.Skip(1)).Where(pair => !Names(pair.First, pair.Second) && !Names(pair.Second, pair.First)).ShouldBeEmpty();
    }

    /// <summary>Whether a file names what another declares: a type, or a file of SQL.</summary>
    private static bool Names(string file, string other) =>
        Regex.IsMatch(
            File.ReadAllText(RepositoryRoot.Combine(file)),
            $@"\b{Regex.Escape(Path.GetFileNameWithoutExtension(other))}\b",
            RegexOptions.None,
            TimeSpan.FromSeconds(5)
        );

    /// <summary>The sections under "Four journeys", each with the file of every numbered step.</summary>
    private static List<(string Name, List<string> Files)> Sections()
    {
        var tour = File.ReadAllText(RepositoryRoot.Combine("docs/architecture.md"))
            .Split("\n## ")
            .Single(part => part.StartsWith("Four journeys", StringComparison.Ordinal));
        return
        [
            .. tour.Split("\n### ")
                .Skip(1)
                .Select(section =>
                    (
                        section[..section.IndexOf('\n', StringComparison.Ordinal)],
                        Step().Matches(section).Select(step => step.Groups["file"].Value).ToList()
                    )
                ),
        ];
    }

    [GeneratedRegex(@"^\d+\. `(?<file>[^`]+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Step();
}
