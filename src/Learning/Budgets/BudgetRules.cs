namespace Tradepost.Learning.Budgets;

/// <summary>What a problem has to be before it can be solved; fields are named as in JSON.</summary>
internal static class BudgetRules
{
    /// <summary>The greatest amount.</summary>
    public const decimal Greatest = 1e15m;

    /// <summary>The least step.</summary>
    private const decimal LeastStep = 1e-12m;

    public static void Check(BudgetProblem problem)
    {
        Amount("budget", problem.Budget);
        Require(problem.Step is null or >= LeastStep and <= Greatest, "step", problem.Step, $"a number from {LeastStep} to {Greatest}");
        Require(problem.MaximumChange is null or >= 0, "max_change", problem.MaximumChange, "0 or more, such as 0.3 for 30 %");
        Require(problem.Channels.Count > 0, "channels", "empty", "at least one channel");
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < problem.Channels.Count; i++)
        {
            Check($"channels[{i}]", problem.Channels[i], problem.MaximumChange);
            if (!names.TryAdd(problem.Channels[i].Name, i))
            {
                var name = problem.Channels[i].Name;
                throw Wrong($"channels[{i}].name is '{name}', and channels[{names[name]}] has the same name.");
            }
        }

        CheckGroups(problem.Groups, names);
    }

    private static void Check(string path, BudgetChannel channel, decimal? maximumChange)
    {
        Require(channel.Name.Length > 0, $"{path}.name", "empty", "a name");
        Bounds(path, channel.Lower, channel.Upper);
        if (channel.Current is { } current)
        {
            Amount($"{path}.current", current);
        }

        Require(channel.MaximumChange is null or >= 0, $"{path}.max_change", channel.MaximumChange, "0 or more, such as 0.3 for 30 %");
        if ((channel.MaximumChange ?? maximumChange) is not null && channel.Current is null)
        {
            throw Wrong($"{path} lacks current, which max_change is a share of.");
        }
    }

    private static void CheckGroups(IReadOnlyList<BudgetGroup> groups, Dictionary<string, int> channels)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < groups.Count; i++)
        {
            var (path, group) = ($"groups[{i}]", groups[i]);
            Require(group.Name.Length > 0, $"{path}.name", "empty", "a name");
            Require(names.Add(group.Name), $"{path}.name", $"'{group.Name}'", "a name that no other group has");
            Bounds(path, group.Lower, group.Upper);
            Require(group.Channels.Count > 0, $"{path}.channels", "empty", "at least one name of a channel");
            foreach (var channel in group.Channels)
            {
                Require(channels.ContainsKey(channel), $"{path}.channels", $"'{channel}'", "the name of a channel");
                if (!taken.TryAdd(channel, group.Name))
                {
                    throw Wrong($"{path}.channels has '{channel}', which is in {taken[channel]} already; a channel is in one group.");
                }
            }
        }
    }

    private static void Bounds(string path, decimal lower, decimal? upper)
    {
        Amount($"{path}.lower", lower);
        if (upper is { } most)
        {
            Amount($"{path}.upper", most);
            Require(most >= lower, $"{path}.upper", most, $"at least {path}.lower, {lower}");
        }
    }

    private static void Amount(string path, decimal amount) =>
        Require(amount is >= 0 and <= Greatest, path, amount, $"a number from 0 to {Greatest}");

    private static void Require(bool isKept, string path, object? value, string expected)
    {
        if (!isKept)
        {
            throw Wrong($"{path} is {value}; expected is {expected}.");
        }
    }

    private static ArgumentException Wrong(string message, string argument = "problem") => new(message, argument);
}
