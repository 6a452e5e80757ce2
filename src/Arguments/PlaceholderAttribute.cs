namespace Tradepost.Arguments;

/// <summary>What stands for an option's value in the help, such as FILE, where its type does not say it.</summary>
/// <param name="text">The word.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PlaceholderAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
