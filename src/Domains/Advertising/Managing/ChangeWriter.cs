using Microsoft.Extensions.Logging;
using Tradepost.Advertising.Syncing;
using Tradepost.Advertising.Syncing.Graph;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Failures;
using Tradepost.Storage.Retrying;

namespace Tradepost.Advertising.Managing;

/// <summary>
/// Has the platform make a change. It is written down before the platform is asked; what a crash or a lost answer leaves open is settled by
/// reading the campaign.
/// </summary>
internal sealed partial class ChangeWriter(Store store, ChangeLog log, TimeProvider time, ILogger logger)
{
    /// <summary>Writes a change down, asks the platform, and writes down what came of it. Who asked and leaves does not end it.</summary>
    /// <exception cref="GraphException">The platform does not do it, or does not say whether it did.</exception>
    public async Task<CampaignChange> ApplyAsync(
        MetaSession meta,
        CampaignChange planned,
        Func<Task<string>> send,
        ChangeAsker asker,
        string? hash,
        CancellationToken cancellationToken
    )
    {
        var change = planned with { State = ChangeState.Applying };
        await log.AddAsync(change, asker.Key, hash, cancellationToken);
        try
        {
            return await FinishAsync(meta, change with { State = ChangeState.Applied, Campaign = await send() });
        }
        catch (GraphException e) when (e.Failure == GraphFailure.Passing)
        {
            LogUnknown(change.Id, e.Message);
            return await AfterLostAnswerAsync(meta, change, e);
        }
        catch (GraphException e)
        {
            await FinishAsync(meta, change with { State = ChangeState.Failed, Problem = e.Message });
            throw;
        }
    }

    private async Task<CampaignChange> AfterLostAnswerAsync(MetaSession meta, CampaignChange change, GraphException lost)
    {
        CampaignChange settled;
        try
        {
            settled = await SettleAsync(meta, change, CancellationToken.None);
        }
        catch (Exception e) when (e is GraphException or CampaignChangeException)
        {
            throw GraphException.Unreadable($"{lost.Message}; whether the change {change.Id} reached Meta is not known yet");
        }

        return settled.State == ChangeState.Applied ? settled : throw lost;
    }

    /// <summary>Finds out what came of an open change, as the platform shows it, and writes that down.</summary>
    /// <exception cref="GraphException">The platform does not say it.</exception>
    public async Task<CampaignChange> SettleAsync(MetaSession meta, CampaignChange open, CancellationToken cancellationToken)
    {
        if (open.Campaign is null)
        {
            var made = new List<string>();
            foreach (var id in await meta.Campaigns.MadeSinceAsync(open.Account, open.After, open.AskedAt, cancellationToken))
            {
                if (!await log.IsOfAnotherAsync(id, open.Id!.Value, cancellationToken))
                {
                    made.Add(id);
                }
            }

            return await FinishAsync(
                meta,
                made switch
                {
                    [var only] => open with { State = ChangeState.Applied, Campaign = only },
                    [] => open with { State = ChangeState.Failed, Problem = "No such campaign was made." },
                    _ => open with { State = ChangeState.Failed, Problem = $"Which one it made is not known: {string.Join(", ", made)}." },
                }
            );
        }

        var now = (await meta.Campaigns.GetAsync(open.Campaign, cancellationToken)).Values;
        return await FinishAsync(
            meta,
            open.After.DifferencesTo(now) is not { Count: > 0 } differences ? open with { State = ChangeState.Applied }
                : open.Before?.DifferencesTo(now) is { Count: 0 }
                    ? open with
                    {
                        State = ChangeState.Failed,
                        Problem = "It did not reach the platform: the campaign is as before.",
                    }
                : open with { State = ChangeState.Failed, Problem = $"The campaign is another: {string.Join("; ", differences)}." }
        );
    }

    /// <summary>Writes what came of a change, and the campaign as the platform has it now.</summary>
    private async Task<CampaignChange> FinishAsync(MetaSession meta, CampaignChange change)
    {
        var settled = change with { SettledAt = time.UtcMoment() };
        var entities = settled is { State: ChangeState.Applied, Campaign: { } campaign } ? await SeenAsync(meta, campaign) : null;
        await new RetryPolicy(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1)).RunAsync(
            "ads.change",
            async token =>
            {
                await using var connection = await store.OpenSessionAsync(token);
                await using var transaction = await connection.BeginTransactionAsync(token);
                await ChangeLog.SettleAsync(connection, settled, token);
                if (entities is not null)
                {
                    await entities.WriteAsync(connection, token);
                }

                await transaction.CommitAsync(token);
            },
            StoreFailure.IsOfStore,
            onRetry: null,
            time,
            CancellationToken.None
        );
        return settled;
    }

    private async Task<EntityWrite?> SeenAsync(MetaSession meta, string campaign)
    {
        try
        {
            var seen = await meta.Campaigns.GetAsync(campaign, CancellationToken.None);
            var entities = new EntityWrite(store, time, seen.Account.Id);
            entities.AddAccount(seen.Account.Told);
            entities.Add("campaign", seen.Told);
            return entities;
        }
        catch (ForeseenException e) when (e is GraphException or CampaignChangeException)
        {
            LogUnseen(campaign, e.Message); // the next sync sees it
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The answer to the change {Change} was lost, and the campaign is read: {Reason}")]
    private partial void LogUnknown(Guid? change, string reason);

    [LoggerMessage(LogLevel.Warning, "The campaign {Campaign} was changed and could not be read afterwards: {Reason}")]
    private partial void LogUnseen(string campaign, string reason);
}
