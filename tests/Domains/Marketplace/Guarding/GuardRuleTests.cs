using System.Reflection;
using Tradepost.Marketplace.Guarding;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Guarding;

public sealed class GuardRuleTests
{
    [Fact]
    public void Every_rule_and_every_field_that_is_looked_at_stands_in_the_documentation()
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("docs", "marketplace.md"));
        var rules = typeof(GuardRule)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(rule => (string)rule.GetRawConstantValue()!);

        rules.Concat(GuardedField.All.Select(field => field.Name)).Where(name => !text.Contains($"`{name}`")).ShouldBeEmpty();
    }
}
