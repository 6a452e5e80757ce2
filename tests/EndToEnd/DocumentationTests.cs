using System.Text.RegularExpressions;
using Tradepost.Tests.Support;

namespace Tradepost.EndToEnd.Tests;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Every_make_target_that_is_written_about_exists()
    {
        var targets = Target().Matches(Read("Makefile")).Select(match => match.Groups["name"].Value).ToHashSet();

        var named = Documents().SelectMany(document => MakeCommand().Matches(Read(document)).Select(match => match.Groups["name"].Value));

        named.Except(targets).ShouldBeEmpty();
    }

    [Fact]
    public void Every_make_target_has_its_line_in_the_help()
    {
        var listed = Target().Matches(Read("Makefile")).Select(match => match.Groups["name"].Value);
        var declared = PhonyLine().Match(Read("Makefile")).Groups["names"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        listed.ShouldBe(declared, ignoreOrder: true);
    }

    [Fact]
    public void Every_link_to_a_file_leads_somewhere()
    {
        var broken = Documents()
            .SelectMany(document =>
                Link()
                    .Matches(Read(document))
                    .Select(match => match.Groups["path"].Value)
                    .Where(path => !Path.Exists(RepositoryRoot.Combine(Path.GetDirectoryName(document) ?? "", path)))
                    .Select(path => $"{document}: {path}")
            );

        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Every_folder_that_the_README_lists_exists()
    {
        var listed = FolderRow().Matches(Read("README.md")).Select(match => match.Groups["path"].Value).ToList();

        listed.ShouldNotBeEmpty();
        listed.ShouldAllBe(path => Directory.Exists(RepositoryRoot.Combine(path)));
    }

    private static IEnumerable<string> Documents() =>
        Directory
            .GetFiles(RepositoryRoot.Path, "*.md")
            .Concat(Directory.GetFiles(RepositoryRoot.Combine("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(RepositoryRoot.Combine("schemas"), "*.md"))
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path));

    private static string Read(string path) => File.ReadAllText(RepositoryRoot.Combine(path));

    [GeneratedRegex(@"^(?<name>[a-z-]+):.*## ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Target();

    [GeneratedRegex(@"^\.PHONY:(?<names>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PhonyLine();

    [GeneratedRegex(
        @"(`|^|=\d+ )make (?<name>[a-z-]+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex MakeCommand();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<path>[^)#]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| `(?<path>[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderRow();
}
