namespace Tradepost.Jobs.Alerts;

/// <summary>Something a rule has found, and what became of telling it.</summary>
public sealed record Alert
{
    public required string Id { get; init; }

    public required string Rule { get; init; }

    public Guid? RunId { get; init; }

    public required string Message { get; init; }

    public required DateTime RaisedAt { get; init; }

    public required int Attempts { get; init; }

    public DateTime? DeliveredAt { get; init; }

    /// <summary>Set when the webhook refused it so often that it is not tried any more.</summary>
    public DateTime? GivenUpAt { get; init; }

    public string? LastError { get; init; }
}
