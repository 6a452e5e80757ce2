namespace Tradepost.Storage.Backups;

/// <summary>A migration that the backed up store had.</summary>
public sealed record BackupMigration(string Owner, int Number, string Name, string Checksum);
