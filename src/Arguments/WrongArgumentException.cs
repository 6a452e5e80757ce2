namespace Tradepost.Arguments;

/// <summary>An argument cannot be used: which one, what it held and what is allowed.</summary>
/// <param name="field">The argument as the caller spelled it: <c>--max-deletes</c> or <c>max_deletes</c>.</param>
/// <param name="message">One sentence that names the field.</param>
/// <param name="allowed">The values or names that are allowed, where they can be listed.</param>
public sealed class WrongArgumentException(string field, string message, IReadOnlyList<string>? allowed = null) : Exception(message)
{
    public string Field { get; } = field;

    public IReadOnlyList<string>? Allowed { get; } = allowed;
}
