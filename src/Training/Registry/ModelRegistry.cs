using System.Collections.Concurrent;
using Tradepost.Storage;

namespace Tradepost.Training.Registry;

/// <summary>The models of a store: their versions, which of them is in production, and what was before.</summary>
public sealed class ModelRegistry(Store store, TimeProvider time)
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    // In a shared store the model's row is locked; in one that this process has, who changes the registry takes turns.
    private readonly SemaphoreSlim? gate = store.Traits.IsShared ? null : Gates.GetOrAdd(store.Description, _ => new SemaphoreSlim(1));

    /// <summary>All models, by name.</summary>
    public async Task<IReadOnlyList<Model>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await RegistryRows.ModelsAsync(connection, name: null, cancellationToken);
    }

    /// <summary>A model's versions, newest first.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    public async Task<IReadOnlyList<ModelVersion>> VersionsAsync(string model, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await RegistryRows.VersionsAsync(connection, model, cancellationToken) is { Count: > 0 } versions
            ? versions
            : throw new UnknownModelException(model);
    }

    /// <summary>The version that predicts; null when none does.</summary>
    public async Task<ModelVersion?> FindProductionAsync(string model, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await RegistryRows.FindProductionAsync(connection, model, cancellationToken);
    }

    /// <summary>The versions that predict, by name of their models.</summary>
    public async Task<IReadOnlyList<ProducingVersion>> ProducingAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await RegistryRows.ProducingAsync(connection, cancellationToken);
    }

    /// <summary>What was in production when, newest first.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    public async Task<IReadOnlyList<Promotion>> HistoryAsync(string model, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await RegistryRows.ModelsAsync(connection, model, cancellationToken) is []
            ? throw new UnknownModelException(model)
            : await RegistryRows.HistoryAsync(connection, model, cancellationToken);
    }

    /// <summary>What a version predicts with, as it was registered.</summary>
    /// <exception cref="UnknownModelException">There is no such version.</exception>
    /// <exception cref="ArtefactException">It was altered since.</exception>
    public async Task<byte[]> LoadArtefactAsync(string model, int version, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await Artefacts.LoadAsync(connection, model, version, cancellationToken);
    }

    /// <summary>Puts a version into production.</summary>
    /// <exception cref="UnknownModelException">There is no such version.</exception>
    /// <exception cref="PromotionRefusedException">It is there already, or worse than what it would replace and not forced.</exception>
    public Task<Promotion> PromoteAsync(string model, int version, PromotionRequest request, CancellationToken cancellationToken) =>
        TransactAsync(change => change.PromoteAsync(model, version, request, cancellationToken), cancellationToken);

    /// <summary>Puts the version back into production that was there before the present one.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    /// <exception cref="PromotionRefusedException">Nothing was in production before.</exception>
    public Task<Promotion> RollBackAsync(string model, PromotionRequest request, CancellationToken cancellationToken) =>
        TransactAsync(change => change.RollBackAsync(model, request, cancellationToken), cancellationToken);

    /// <summary>Changes the registry, and whatever else shares the connection, in one transaction.</summary>
    public async Task<T> TransactAsync<T>(Func<RegistryChange, Task<T>> action, CancellationToken cancellationToken)
    {
        if (gate is not null)
        {
            await gate.WaitAsync(cancellationToken);
        }

        try
        {
            await using var connection = await store.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await action(new RegistryChange(connection, time));
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            gate?.Release();
        }
    }
}
