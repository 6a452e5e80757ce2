using Tradepost.Jobs;

namespace Tradepost.Retail.Erasure;

/// <summary>Where the warehouse holds personal data.</summary>
internal static class PersonalData
{
    public static IReadOnlyList<PersonalColumn> Columns { get; } =
    [
        .. Of(PersonKind.Customer, "dim_customer", "name", "email", "phone"),
        .. Of(PersonKind.Customer, "history_customer", "email"),
        .. Of(PersonKind.Customer, "stg_customers", "name", "email", "phone"),
        .. Of(PersonKind.Customer, "stg_users", "email"),
        .. Of(PersonKind.Customer, "etl_rejects", "problem", "row"),
        .. Of(PersonKind.Staff, "dim_manager", "name"),
        .. Of(PersonKind.Staff, "stg_employees", "name"),
    ];

    private static IEnumerable<PersonalColumn> Of(PersonKind kind, string table, params string[] columns) =>
        columns.Select(column => new PersonalColumn(table, column, kind));
}
