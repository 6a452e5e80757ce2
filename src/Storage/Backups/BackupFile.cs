using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tradepost.Storage.Backups;

/// <summary>A backup as a file: a zip with one entry for each table, and the manifest at the end.</summary>
internal sealed class BackupFile : IDisposable
{
    private const string ManifestName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly ZipArchive zip;

    private BackupFile(ZipArchive zip) => this.zip = zip;

    /// <summary>Writes a file that appears under its name only when it is complete.</summary>
    public static async Task WriteAsync(string path, Func<BackupFile, Task<BackupManifest>> fill, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
        {
            throw new BackupException($"{path} is already there; give the backup another name, or move that one away.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".unfinished";
        try
        {
            await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using (var file = new BackupFile(new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true)))
                {
                    var manifest = await fill(file);
                    await using var entry = await file.zip.CreateEntry(ManifestName).OpenAsync(cancellationToken);
                    await JsonSerializer.SerializeAsync(entry, manifest, Json, cancellationToken);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Opens a file and checks that every byte of it is as it was written.</summary>
    public static async Task<(BackupFile File, BackupManifest Manifest)> OpenAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new BackupException($"There is no file {path}.");
        }

        BackupFile? file = null;
        try
        {
            file = new BackupFile(await ZipFile.OpenReadAsync(path, cancellationToken));
            var manifest = await file.ReadManifestAsync(path, cancellationToken);
            foreach (var table in manifest.Tables)
            {
                await using var content = await file.OpenTableAsync(table.Name, cancellationToken);
                var found = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
                if (found != table.File)
                {
                    throw Damaged(path, $"table {table.Name} is not as it was written");
                }
            }

            var opened = file;
            file = null;
            return (opened, manifest);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException or NotSupportedException)
        {
            throw Damaged(path, "it is cut off or altered", e);
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>Adds a table's bytes and gives their SHA-256.</summary>
    public async Task<string> AddAsync(
        string table,
        CompressionLevel compression,
        Func<Stream, Task> write,
        CancellationToken cancellationToken
    )
    {
        using var hash = SHA256.Create();
        await using (var entry = await zip.CreateEntry(NameOf(table), compression).OpenAsync(cancellationToken))
        await using (var hashed = new CryptoStream(entry, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            await write(hashed);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    public async Task<Stream> OpenTableAsync(string table, CancellationToken cancellationToken) =>
        await (zip.GetEntry(NameOf(table)) ?? throw new InvalidDataException($"There is no table {table}.")).OpenAsync(cancellationToken);

    public void Dispose() => zip.Dispose();

    private async Task<BackupManifest> ReadManifestAsync(string path, CancellationToken cancellationToken)
    {
        await using var entry = await (zip.GetEntry(ManifestName) ?? throw Damaged(path, "it has no manifest")).OpenAsync(
            cancellationToken
        );
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(entry, Json, cancellationToken);
        return manifest is { Tables: not null, SchemaHistory: not null }
            ? manifest.Format == BackupManifest.CurrentFormat
                ? manifest
                : throw new BackupException(
                    $"{path} has the form of another version of Tradepost ({manifest.Format}); this one reads "
                        + $"{BackupManifest.CurrentFormat}."
                )
            : throw Damaged(path, "its manifest is empty");
    }

    private static BackupException Damaged(string path, string how, Exception? inner = null) =>
        new($"{path} is not a backup of Tradepost, or is damaged: {how}.", inner);

    private static string NameOf(string table) => $"tables/{table}";
}
