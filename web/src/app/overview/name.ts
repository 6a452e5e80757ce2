export const name = { en: 'Overview', uk: 'Огляд', ru: 'Обзор' }
