using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Retail.Rejects;
using Tradepost.Retail.Sources;
using Tradepost.Storage;

namespace Tradepost.Retail.Erasure;

/// <summary>
/// Erases what a customer's rows say about the person, in one transaction, and keeps the key so that a later load from a source that still
/// has the person brings nothing back. The customer stays as a number behind the orders.
/// </summary>
internal sealed class EraseCustomer(Store store, TimeProvider clock)
{
    public static Task<EraseReceipt> RunAsync(EraseOptions options, JobContext context, CancellationToken cancellationToken) =>
        new EraseCustomer(context.Store, context.Time) { Fence = context.PublishAsync, By = context.Run?.AskedBy ?? "" }.RunAsync(
            options,
            cancellationToken
        );

    private Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    private string By { get; init; } = "";

    public async Task<EraseReceipt> RunAsync(EraseOptions options, CancellationToken cancellationToken)
    {
        if (options.Customer is null == string.IsNullOrWhiteSpace(options.Email))
        {
            throw new JobFailedException(
                new Sentence(
                    $"Who is to be erased? Expected is either {nameof(EraseOptions.Customer):argument} or {nameof(EraseOptions.Email):argument}."
                ),
                2
            );
        }

        await using var guard = await store.TryLockAsync("retail.etl", cancellationToken)
            ?? throw new JobFailedException($"A retail ETL is running on {store.Description}; wait until it has finished.");
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tables = new PersonTables(connection, await StoreTexts.TablesAsync(store, connection, cancellationToken));
        var person = await tables.ReadAsync(await FindAsync(tables, options, cancellationToken), cancellationToken);
        if (options.Email is { } email)
        {
            person.Add(null, email, null);
        }

        var now = clock.UtcMoment();
        var places = await EmptyAsync(connection, tables, person, now, cancellationToken);
        var texts = new StoreTexts(store, connection, person);
        places.AddRange(await texts.BlotAsync(cancellationToken));
        var (columns, found, others) = await texts.SearchAsync(cancellationToken);
        if (found > 0)
        {
            throw new JobFailedException($"The person would still be found in {found} places; nothing was changed.");
        }

        await Fence(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new EraseReceipt(
            now,
            By,
            person.Customers,
            places.Sum(place => place.Rows),
            places,
            columns,
            found,
            others,
            OutOfReach(now)
        );
    }

    private static async Task<IReadOnlyList<long>> FindAsync(PersonTables tables, EraseOptions options, CancellationToken cancellationToken)
    {
        if (options.Customer is { } customer)
        {
            return await tables.IsKnownAsync(customer, cancellationToken)
                ? [customer]
                : throw new JobFailedException(
                    $"The warehouse knows no customer {customer}; expected is a customer_id of dim_customer.",
                    2
                );
        }

        // The address is not repeated: what a run says is kept.
        return await tables.FindAsync(options.Email!.Trim(), cancellationToken) is { Count: > 0 } customers
            ? customers
            : throw new JobFailedException(
                "The warehouse knows no customer with this e-mail; expected is one that a customer has or had.",
                2
            );
    }

    private async Task<List<ErasedPlace>> EmptyAsync(
        DbConnection connection,
        PersonTables tables,
        Person person,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var users = person.Users.Order().ToList();
        foreach (var (customer, i) in person.Customers.Select((customer, i) => (customer, i)))
        {
            await connection.ExecuteAsync(
                "INSERT INTO erased_customers (customer_id, user_id, erased_at) SELECT @customer, CAST(@user AS bigint), @now WHERE NOT "
                    + "EXISTS (SELECT 1 FROM erased_customers WHERE customer_id = @customer)",
                new
                {
                    customer,
                    user = i < users.Count ? users[i] : (long?)null,
                    now,
                },
                cancellationToken
            );
        }

        var (rejects, wait) = await tables.EmptyRejectsAsync(person, cancellationToken);
        List<ErasedPlace> places = [rejects];
        if (wait)
        {
            // What was held back for a value of the person's is no longer broken; a full load would accept it as well.
            await new ReplayRejects(store, clock).ReplayAsync(connection, [Shop.Users, Shop.Customers], cancellationToken);
        }

        places.AddRange(await tables.EmptyStagedAsync(cancellationToken));
        foreach (var customer in person.Customers)
        {
            places.AddRange(await new CustomerVersions(connection).EmptyAsync(customer, cancellationToken));
        }

        return
        [
            .. places
                .GroupBy(place => (place.Table, place.Columns))
                .Select(group => new ErasedPlace(group.Key.Table, group.Key.Columns, group.Sum(place => place.Rows))),
        ];
    }

    private static IReadOnlyList<string> OutOfReach(DateTime now) =>
        [
            $"Backups made before {now:yyyy-MM-dd HH:mm} UTC hold the person until they are deleted; after restoring one, erase again.",
            "The shop's own databases are never written to: erase the person there, too. Until then each load empties what it reads of "
                + "this customer.",
            "Log files of the server and what was exported, mailed or sent to alerts are outside the store.",
        ];
}
