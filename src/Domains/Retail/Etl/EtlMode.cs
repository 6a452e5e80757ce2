namespace Tradepost.Retail.Etl;

public enum EtlMode
{
    /// <summary>Reads every row and rebuilds the warehouse from it; history that the sources no longer know is kept.</summary>
    Full,

    /// <summary>Reads what changed since the last run, or within an interval.</summary>
    Incremental,
}
