namespace Tradepost.Arguments;

/// <summary>
/// An argument is a text of several lines, or a secret, whose characters are its own: it may hold control and format characters.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FreeTextAttribute : Attribute;
