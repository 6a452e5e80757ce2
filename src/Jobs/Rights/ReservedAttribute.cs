namespace Tradepost.Jobs.Rights;

/// <summary>Marks an argument whose other values than the default only some may give, because they destroy something or take much of the machine.</summary>
/// <param name="role">Who may.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReservedAttribute(AskerRole role) : Attribute
{
    public AskerRole Role { get; } = role;

    /// <summary>Numbers up to this one are free to whoever may start the job; by default none is.</summary>
    public double UpTo { get; init; } = double.NaN;
}
