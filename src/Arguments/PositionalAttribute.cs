namespace Tradepost.Arguments;

/// <summary>
/// On the command line an argument's values stand by themselves, without a name before them: <c>NAME import A.csv B.csv</c>.
/// </summary>
/// <param name="name">What they are called in the help and in messages, such as FILE.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PositionalAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
