using System.Globalization;
using System.Text.Json.Nodes;
using Tradepost.Arguments;

namespace Tradepost.Jobs.Rights;

/// <summary>
/// Marks an argument whose other values than the default only some may give, because they destroy something or take much of the machine.
/// </summary>
/// <param name="role">Who may.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReservedAttribute(AskerRole role) : ArgumentNoteAttribute
{
    public AskerRole Role { get; } = role;

    /// <summary>Numbers up to this one are free to whoever may start the job; by default none is.</summary>
    public double UpTo { get; init; } = double.NaN;

    /// <summary>The number up to which the argument is free; null when none is.</summary>
    public double? FreeUpTo => double.IsNaN(UpTo) ? null : UpTo;

    public override void Describe(JsonObject schema)
    {
        schema["x-role"] = Spelling.Snake(Role.ToString());
        if (FreeUpTo is { } most)
        {
            schema["x-free-up-to"] = most;
        }
    }

    /// <summary>Whether the arguments hold a value that whoever may start the job may give.</summary>
    internal bool IsFree(DescribedArgument argument, object arguments)
    {
        var value = argument.Get(arguments);
        return Equals(value, argument.Default) || (FreeUpTo is { } most && Convert.ToDouble(value, CultureInfo.InvariantCulture) <= most);
    }
}
