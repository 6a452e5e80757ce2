namespace Tradepost.Storage.Migrations;

/// <summary>A row of <c>schema_history</c>. Without a time of application the migration was started and did not finish.</summary>
internal sealed record AppliedMigration(string Owner, int Number, string Name, string Checksum, DateTime? AppliedAt, double? Seconds);
