namespace Tradepost.Storage.Loading;

/// <summary>
/// A bulk write by several processors at once, within the transaction of its connection: the rows that are not in that one count from
/// <see cref="SettleAsync"/> on.
/// </summary>
public abstract class WideWriter : BulkWriter
{
    /// <summary>
    /// Commits what was completed outside of the connection's transaction. To be called right before that one is committed, when nothing else can
    /// fail: a crash between the two leaves rows that nobody knows of, so that writing them again must do no harm.
    /// </summary>
    public virtual Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
