using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.Advertising.Money;
using Tradepost.Advertising.Syncing;
using Tradepost.Advertising.Syncing.Graph;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Managing;

/// <summary>Plans, makes and takes back changes of campaigns: within limits, one of a campaign at a time, one for each key.</summary>
internal sealed class CampaignManager(Store store, Settings settings, TimeProvider time, ILogger<CampaignManager> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);
    private const int MostTries = 100;

    private readonly ChangeLog log = new(store);
    private readonly ChangeWriter writer = new(store, new ChangeLog(store), time, logger);

    /// <summary>Plans a change of a campaign, and makes it where that is asked for.</summary>
    /// <exception cref="CampaignChangeException">It cannot be changed so.</exception>
    /// <exception cref="GraphException">The platform does not do it.</exception>
    public async Task<CampaignChange> UpdateAsync(
        string campaign,
        CampaignEdit edit,
        ChangeAsker asker,
        CancellationToken cancellationToken
    )
    {
        if (edit.IsEmpty)
        {
            throw CampaignChangeException.Invalid("name", "Nothing is to be changed; expected is a name, a status or a budget.");
        }

        using var meta = Open();
        if (!edit.Apply)
        {
            var planned = await meta.Campaigns.GetAsync(campaign, cancellationToken);
            return await KeepAsync(await PlanAsync(planned, edit, asker, cancellationToken), cancellationToken);
        }

        await using var turn = await TakeAsync(campaign, cancellationToken);
        await SettleAsync(meta, change => change.Campaign == campaign, cancellationToken);
        return await OnceAsync(
            asker,
            new { campaign, edit },
            async hash =>
            {
                var target = await meta.Campaigns.GetAsync(campaign, cancellationToken);
                await using var accountTurn = await WaitAsync(target.Account.Id, cancellationToken);
                var change = await PlanAsync(target, edit, asker, cancellationToken);
                if (edit.Plan is { } plan)
                {
                    await CheckPlanAsync(plan, change, cancellationToken);
                }

                return change.State == ChangeState.Unchanged
                    ? change
                    : await writer.ApplyAsync(meta, change, () => ChangeAsync(meta, change), asker, hash, cancellationToken);
            },
            cancellationToken
        );
    }

    /// <summary>Plans a campaign, and makes it where that is asked for.</summary>
    /// <exception cref="CampaignChangeException">It cannot be made so.</exception>
    /// <exception cref="GraphException">The platform does not do it.</exception>
    public async Task<CampaignChange> CreateAsync(CampaignDraft draft, ChangeAsker asker, CancellationToken cancellationToken)
    {
        using var meta = Open();
        var account = AccountOf(draft, meta.Settings);
        if (!draft.Apply)
        {
            return await KeepAsync(await PlanAsync(meta, account, draft, asker, cancellationToken), cancellationToken);
        }

        return await OnceAsync(
            asker,
            draft,
            async hash =>
            {
                await using var accountTurn = await WaitAsync(account, cancellationToken);
                var change = await PlanAsync(meta, account, draft, asker, cancellationToken);
                return await writer.ApplyAsync(
                    meta,
                    change,
                    () => meta.Campaigns.CreateAsync(account, change.After, draft.SpecialAdCategories ?? [], CancellationToken.None),
                    asker,
                    hash,
                    cancellationToken
                );
            },
            cancellationToken
        );
    }

    /// <summary>Takes a change back, where nothing of the campaign was changed since. Limits do not count for what was before.</summary>
    /// <exception cref="CampaignChangeException">It cannot be taken back.</exception>
    /// <exception cref="GraphException">The platform does not do it.</exception>
    public async Task<CampaignChange> UndoAsync(Guid id, ChangeAsker asker, CancellationToken cancellationToken)
    {
        var asked = await log.FindAsync(id, cancellationToken) ?? throw CampaignChangeException.NotFound($"There is no change {id}.");
        using var meta = Open();
        await using var turn = await TakeAsync(asked.Campaign ?? asked.Account, cancellationToken);
        await SettleAsync(meta, open => open.Id == id || (open.Campaign is { } known && known == asked.Campaign), cancellationToken);
        var change = (await log.FindAsync(id, cancellationToken))!; // it was there
        if (change is not { State: ChangeState.Applied, Campaign: { } campaign })
        {
            throw CampaignChangeException.Conflict(
                $"The change {id} is {Spelling.Snake($"{change.State}")}; one that is applied can be undone, once."
            );
        }

        var after = PlannedValues.Undone(change);
        var target = await meta.Campaigns.GetAsync(campaign, cancellationToken);
        if (change.After.DifferencesTo(target.Values) is { Count: > 0 } differences)
        {
            throw CampaignChangeException.Conflict(
                $"The campaign {campaign} was changed since: {string.Join("; ", differences)}. Undo that first, or change it anew."
            );
        }

        var undo = New(ChangeAction.Undo, target.Account.Id, campaign, asker, target.Values, after) with { Undoes = id };
        return await writer.ApplyAsync(meta, undo, () => ChangeAsync(meta, undo), asker with { Key = null }, hash: null, cancellationToken);
    }

    /// <summary>The newest changes.</summary>
    public Task<IReadOnlyList<CampaignChange>> ListAsync(ChangesQuery query, CancellationToken cancellationToken) =>
        log.ListAsync(query, cancellationToken);

    /// <summary>Finds out what came of changes that a crash or a lost answer left open.</summary>
    /// <exception cref="GraphException">The platform does not say it.</exception>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var change in await log.OpenAsync(cancellationToken))
        {
            // Whoever holds the turn is still about it.
            await using var turn = await store.TryLockAsync(TurnOf(change.Campaign ?? change.Account), cancellationToken);
            if (turn is not null)
            {
                using var meta = Open();
                await SettleAsync(meta, open => open.Id == change.Id, cancellationToken);
            }
        }
    }

    private MetaSession Open() => new(MetaSettings.Of(settings), time, logger, Patience);

    private static string AccountOf(CampaignDraft draft, MetaSettings meta)
    {
        var asked = draft.Account is { } given && !given.StartsWith("act_", StringComparison.Ordinal) ? $"act_{given}" : draft.Account;
        return asked is null && meta.Accounts.Count > 1
                ? throw CampaignChangeException.Invalid("account", $"account is missing; it is one of {string.Join(", ", meta.Accounts)}.")
            : asked is not null && !meta.Accounts.Contains(asked)
                ? throw CampaignChangeException.Invalid(
                    "account",
                    $"account is '{draft.Account}'; META_ACCOUNTS has {string.Join(", ", meta.Accounts)}."
                )
            : asked ?? meta.Accounts[0];
    }

    private async Task<CampaignChange> PlanAsync(
        TargetCampaign target,
        CampaignEdit edit,
        ChangeAsker asker,
        CancellationToken cancellationToken
    )
    {
        var after = PlannedValues.Of(edit, target.Values, target.Account.Currency);
        var change = New(ChangeAction.Update, target.Account.Id, target.Id, asker, target.Values, after);
        return target.Values == after
            ? change with
            {
                Id = null,
                State = ChangeState.Unchanged,
            }
            : await WithinAsync(change, target.Id, target.Account.Currency, cancellationToken);
    }

    private async Task<CampaignChange> PlanAsync(
        MetaSession meta,
        string account,
        CampaignDraft draft,
        ChangeAsker asker,
        CancellationToken cancellationToken
    )
    {
        var target = await meta.Campaigns.GetAccountAsync(account, cancellationToken);
        var change = New(ChangeAction.Create, account, null, asker, before: null, PlannedValues.Of(draft, target.Currency));
        return await WithinAsync(change, campaign: "", target.Currency, cancellationToken);
    }

    private async Task<CampaignChange> WithinAsync(
        CampaignChange change,
        string campaign,
        Currency currency,
        CancellationToken cancellationToken
    )
    {
        var caps = BudgetCaps.Of(settings);
        var others = new MinorUnits(await log.OtherBudgetsAsync(change.Account, campaign, cancellationToken), currency).Major;
        return change with
        {
            Limits = caps.Check(change.Before, change.After, others),
            Warnings = PlannedValues.Warnings(change.Before, change.After, caps),
        };
    }

    private async Task<CampaignChange> KeepAsync(CampaignChange change, CancellationToken cancellationToken)
    {
        if (change.State == ChangeState.Planned)
        {
            await log.AddAsync(change, key: null, hash: null, cancellationToken);
        }

        return change;
    }

    private async Task CheckPlanAsync(Guid plan, CampaignChange change, CancellationToken cancellationToken)
    {
        var agreed = await log.FindAsync(plan, cancellationToken)
            ?? throw CampaignChangeException.Invalid("plan", $"plan is {plan}; there is no such dry run.");
        if (agreed.Campaign != change.Campaign || agreed.Before != change.Before || agreed.After != change.After)
        {
            throw CampaignChangeException.Conflict(
                agreed.Before is { } then && change.Before is { } now && then.DifferencesTo(now) is { Count: > 0 } differences
                    ? $"The campaign was changed since the dry run {plan}: {string.Join("; ", differences)}."
                    : $"The dry run {plan} was of another change."
            );
        }
    }

    private CampaignChange New(
        ChangeAction action,
        string account,
        string? campaign,
        ChangeAsker asker,
        CampaignValues? before,
        CampaignValues after
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Action = action,
            State = ChangeState.Planned,
            Account = account,
            Campaign = campaign,
            AskedBy = asker.Email,
            AskedAt = time.UtcMoment(),
            Before = before,
            After = after,
        };

    /// <summary>Does what is asked for once for each key: who asks again with the same gets what came of it.</summary>
    private async Task<CampaignChange> OnceAsync(
        ChangeAsker asker,
        object asked,
        Func<string?, Task<CampaignChange>> work,
        CancellationToken cancellationToken
    )
    {
        if (asker.Key is not { } key)
        {
            return await work(null);
        }

        var hash = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(asked, ResultJson.Options)));
        await using var turn = await store.TryLockAsync($"ads.change.key:{key}", cancellationToken)
            ?? throw CampaignChangeException.Conflict("A request with this Idempotency-Key is being worked on.");
        if (await log.OfKeyAsync(key, cancellationToken) is not { } known)
        {
            return await work(hash);
        }

        if (known.Hash != hash)
        {
            throw CampaignChangeException.Conflict($"This Idempotency-Key was used for another request, the change {known.Change.Id}.");
        }

        if (known.Change.State != ChangeState.Applying)
        {
            return known.Change;
        }

        using var meta = Open();
        var settled = await writer.SettleAsync(meta, known.Change, cancellationToken);
        return settled.State == ChangeState.Applied ? settled : await work(hash);
    }

    private static async Task<string> ChangeAsync(MetaSession meta, CampaignChange change)
    {
        await meta.Campaigns.ChangeAsync(change.Campaign!, change.Before!, change.After, CancellationToken.None); // a change has both
        return change.Campaign!;
    }

    private async Task SettleAsync(MetaSession meta, Func<CampaignChange, bool> which, CancellationToken cancellationToken)
    {
        foreach (var open in (await log.OpenAsync(cancellationToken)).Where(which))
        {
            await writer.SettleAsync(meta, open, cancellationToken);
        }
    }

    private async Task<IAsyncDisposable> TakeAsync(string campaign, CancellationToken cancellationToken) =>
        await store.TryLockAsync(TurnOf(campaign), cancellationToken)
        ?? throw CampaignChangeException.Conflict($"The campaign {campaign} is being changed by somebody else.");

    /// <summary>The turn of an account: its campaigns share a limit, which two changes at once could be over together.</summary>
    private async Task<IAsyncDisposable> WaitAsync(string account, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            if (await store.TryLockAsync(TurnOf(account), cancellationToken) is { } turn)
            {
                return turn;
            }

            if (tries == MostTries)
            {
                throw CampaignChangeException.Conflict($"Campaigns of {account} are being changed by others; try again shortly.");
            }

            await Task.Delay(BetweenTries, TimeProvider.System, cancellationToken);
        }
    }

    private static string TurnOf(string of) => $"ads.change:{of}";
}
