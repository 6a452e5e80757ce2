using Tradepost.Retail.Sources;
using Tradepost.Storage.Sources;

namespace Tradepost.Retail.Etl;

/// <summary>One table's way through a run: what is read of it, and what was found.</summary>
internal sealed class TableLoad
{
    public required SourceTable Table { get; init; }

    public required SourceQuery Query { get; init; }

    public required SourceSnapshot Snapshot { get; init; }

    /// <summary>The rows to read; null: all of them.</summary>
    public required string? Condition { get; init; }

    /// <summary>Whether the landing is the whole table and takes the place of what is staged.</summary>
    public bool IsWhole => Condition is null;

    /// <summary>Known when an index proved that no key landed twice; otherwise that has to be looked for.</summary>
    public bool HasUniqueKeys { get; set; }

    /// <summary>Units whose rows the landing replaces, when it is not the whole table.</summary>
    public long ReplacedUnits { get; set; }

    /// <summary>Whether the whole table was read and is what is staged already.</summary>
    public bool IsUnchanged { get; set; }

    /// <summary>Whether there is anything to stage.</summary>
    public bool IsTouched => IsWhole ? !IsUnchanged : Result.Read > 0 || ReplacedUnits > 0 || HadRowsWithoutUnit;

    public TableResult Result { get; } = new();

    /// <summary>
    /// The source's sums from a second snapshot, taken beside the first so that two queries run at once. They may be a moment
    /// younger: when they agree with the warehouse all is proven, otherwise the first snapshot is asked.
    /// </summary>
    public Task<BucketSums>? SideSums { get; set; }

    /// <summary>What the source said its rows come to; filled while they are read, when all of them are.</summary>
    public BucketSums SourceSums { get; set; } = new();

    /// <summary>What will be staged once the run is published, as far as that is known.</summary>
    public BucketSums? After { get; set; }

    /// <summary>Values that could not be read or kept.</summary>
    public List<UnreadableValue> Unreadable { get; } = [];

    /// <summary>Whether rows without a whole key may have landed; they are looked for only then.</summary>
    public bool MayLackKeys { get; set; }

    /// <summary>Whether former runs kept rows without a unit aside; these are looked at in every run.</summary>
    public bool HadRowsWithoutUnit { get; set; }
}
