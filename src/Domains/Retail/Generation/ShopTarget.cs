namespace Tradepost.Retail.Generation;

/// <summary>Where a generated shop is written: four databases.</summary>
internal abstract class ShopTarget
{
    /// <summary>
    /// Looks at all four databases before anything is changed in one; throws <see cref="ShopExistsException"/> where there is
    /// a shop that was not generated, unless that is to be replaced.
    /// </summary>
    public abstract Task CheckAsync(bool force, CancellationToken cancellationToken);

    /// <summary>Starts a database afresh: empty tables, ready to be filled.</summary>
    public abstract Task<ShopWriter> CreateAsync(string database, ShopOptions options, CancellationToken cancellationToken);

    /// <summary>Called once all four are complete and closed.</summary>
    public virtual void Publish() { }

    /// <summary>Called instead when something failed: removes what was begun, where that can be told from what was there.</summary>
    public virtual void Discard() { }
}
