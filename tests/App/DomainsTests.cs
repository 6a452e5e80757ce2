using Tradepost.Tests.Support;

namespace Tradepost.App.Tests;

public sealed class DomainsTests
{
    [Fact]
    public void The_example_file_names_every_setting()
    {
        var lines = File.ReadAllLines(RepositoryRoot.Combine(".env.example"));

        var named = lines
            .Where(line => line.StartsWith("# ", StringComparison.Ordinal) && line.Contains('='))
            .Select(line => line[2..line.IndexOf('=')])
            .Where(name => !name.Contains(' '));

        named.ShouldBe(Domains.Settings.Select(setting => setting.Name));
    }
}
