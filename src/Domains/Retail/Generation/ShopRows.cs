using System.Text;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Generation;

/// <summary>The rows of the shop's tables as streams of batches. A stream fills one batch again and again.</summary>
internal sealed class ShopRows(GeneratedShop shop, Dirt dirt)
{
    private static readonly string[] MailHosts = ["poshta.example", "lyst.example", "skrynka.example", "mail.example"];
    private static readonly string[] Prefixes = ["50", "63", "66", "67", "68", "73", "93", "95", "96", "97", "98", "99"];
    private static readonly string[] Positions = ["Фахівець складу", "Фахівець підтримки", "Бухгалтер", "Аналітик", "Маркетолог"];

    private readonly OrderRows orders = new(shop, dirt);

    public IEnumerable<RowBatch> Of(Table table) =>
        table.Name switch
        {
            "roles" => Fill(table, Catalog.Roles.Count, 1, Role),
            "users" => Fill(table, GeneratedShop.StaffAccounts + shop.CustomerCount, 1, User),
            "categories" => Fill(table, Catalog.Categories.Count, 1, Category),
            "products" => Fill(table, Catalog.Products.Count, 1, Product),
            "regions" => Fill(table, Catalog.Regions.Count, 1, Region),
            "employees" => Fill(table, GeneratedShop.Employees, 1, Employee),
            "customers" => Fill(table, shop.CustomerCount, 1, CustomerRow),
            "orders" => Fill(table, shop.OrderCount, 1, orders.Order),
            "order_items" => Fill(table, shop.OrderCount, Assortment.MostLines, orders.Lines),
            "payments" => Fill(table, shop.OrderCount, OrderRows.MostPayments, orders.PaymentsFrom(1)),
            _ => throw new ArgumentException(
                $"The shop has no table {table.Name}; it has {string.Join(", ", Shop.Tables.Select(t => t.Name))}.",
                nameof(table)
            ),
        };

    /// <summary>Calls a filler for the ids 1 to count; it adds at most so many rows each time.</summary>
    private static IEnumerable<RowBatch> Fill(Table table, long count, int mostRows, Action<RowBatch, long> fill)
    {
        var batch = new RowBatch(table.Columns);
        for (var id = 1L; id <= count; id++)
        {
            fill(batch, id);
            if (batch.Count + mostRows > batch.Capacity || id == count)
            {
                yield return batch;
                batch.Clear();
            }
        }
    }

    private static void Role(RowBatch batch, long id)
    {
        var row = batch.Count++;
        batch[0].Values<long>()[row] = id;
        batch[1].AsText().Set(row, Catalog.Roles[(int)id - 1]);
    }

    // Account 1 is the administrator, the next ten are the employees, the rest the customers in the order of their ids.
    private void User(RowBatch batch, long id)
    {
        var row = batch.Count++;
        var customerId = id - GeneratedShop.StaffAccounts;
        var createdAt = customerId > 0 ? shop.Customer(customerId).CreatedAt : shop.Start - (400 * Moment.Day);
        var dice = new Dice(shop.Seed, DiceKind.Account, id);
        batch[0].Values<long>()[row] = id;
        batch[1]
            .AsText()
            .Set(
                row,
                customerId > 0 ? Email(customerId)
                    : id == 1 ? "admin@shop.example"
                    : $"{EmployeeName(id - 1).Latin}{id - 1}@shop.example"
            );
        batch[2].AsText().Set(row, PasswordHash(ref dice));
        batch[3].Values<long>()[row] =
            customerId > 0 ? 3
            : id == 1 ? 1
            : id - 1 <= GeneratedShop.Managers ? 2
            : 4;
        batch[4].Values<bool>()[row] = customerId <= 0 || !dice.Chance(0.02);
        batch[5].Values<long>()[row] = createdAt;
        batch[6].Values<long>()[row] = createdAt;
    }

    private static void Category(RowBatch batch, long id)
    {
        var row = batch.Count++;
        var (name, parent) = Catalog.Categories[(int)id - 1];
        batch[0].Values<long>()[row] = id;
        if (parent == 0)
        {
            batch[1].SetNull(row);
        }
        else
        {
            batch[1].Values<long>()[row] = parent;
        }

        batch[2].AsText().Set(row, name);
    }

    private void Product(RowBatch batch, long id)
    {
        var row = batch.Count++;
        var product = Catalog.Products[(int)id - 1];
        var offer = shop.Offers[(int)id - 1];
        batch[0].Values<long>()[row] = id;
        batch[1].AsText().Set(row, product.Sku);
        batch[2].AsText().Set(row, product.Name);
        batch[3].Values<long>()[row] = product.CategoryId;
        batch[4].AsText().Set(row, product.Brand);
        batch[5].Values<long>()[row] = offer.PriceAt(shop.Until);
        if (product.Cost is { } cost)
        {
            batch[6].Values<long>()[row] = cost * 100L;
        }
        else
        {
            batch[6].SetNull(row);
        }

        batch[7].Values<bool>()[row] = offer.IsSoldAt(shop.Until);
        batch[8].Values<long>()[row] = offer.SoldFrom;
        batch[9].Values<long>()[row] = offer.SoldUntil < shop.Until ? offer.SoldUntil : offer.Prices[^1].From;
    }

    private static void Region(RowBatch batch, long id)
    {
        var row = batch.Count++;
        batch[0].Values<long>()[row] = id;
        batch[1].AsText().Set(row, Catalog.Regions[(int)id - 1].Name);
    }

    private void Employee(RowBatch batch, long id)
    {
        var row = batch.Count++;
        var isManager = id <= GeneratedShop.Managers;
        batch[0].Values<long>()[row] = id;
        batch[1].Values<long>()[row] = 1 + id;
        batch[2].AsText().Set(row, EmployeeName(id).Full);
        batch[3].AsText().Set(row, isManager ? "Менеджер з продажу" : Positions[(id - 1) % Positions.Length]);
        batch[4].Values<bool>()[row] = isManager;
        batch[5].Values<long>()[row] = 1 + ((id - 1) % Catalog.Regions.Count);
    }

    private void CustomerRow(RowBatch batch, long id)
    {
        var row = batch.Count++;
        var customer = shop.Customer(id);
        var name = CustomerName(id).Full;
        var dirty = dirt.OfCustomer(id);
        var dice = new Dice(shop.Seed, DiceKind.Account, -id);
        batch[0].Values<long>()[row] = id;
        batch[1].Values<long>()[row] = GeneratedShop.AccountOf(id);
        batch[2].AsText().Set(row, dirty == DirtKind.WrongEncoding ? Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name)) : name);
        if (dirty == DirtKind.MissingEmail)
        {
            batch[3].SetNull(row);
        }
        else
        {
            batch[3].AsText().Set(row, Email(id));
        }

        batch[4].AsText().Set(row, $"+380{dice.Pick<string>(Prefixes)}{dice.Below(10_000_000):D7}");
        batch[5].Values<long>()[row] = customer.RegionAt(shop.Until);
        batch[6].Values<long>()[row] = customer.CreatedAt;
        batch[7].Values<long>()[row] = customer.UpdatedAt;
    }

    private PersonName CustomerName(long id)
    {
        var dice = new Dice(shop.Seed, DiceKind.Person, id);
        return PersonName.Draw(ref dice);
    }

    private PersonName EmployeeName(long id)
    {
        var dice = new Dice(shop.Seed, DiceKind.Employee, id);
        return PersonName.Draw(ref dice);
    }

    // The customer's number makes the address unique.
    private string Email(long customerId) => $"{CustomerName(customerId).Latin}{customerId}@{MailHosts[customerId % MailHosts.Length]}";

    // Looks like bcrypt and matches no password.
    private static string PasswordHash(ref Dice dice)
    {
        const string Letters = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        Span<char> text = stackalloc char[60];
        "$2b$12$".CopyTo(text);
        for (var i = 7; i < text.Length; i++)
        {
            text[i] = Letters[dice.Below(Letters.Length)];
        }

        return text.ToString();
    }
}
